import Core

/// A finding as a line that people read.
struct FindingText {
    private let finding: CapabilityFinding

    init(_ finding: CapabilityFinding) { self.finding = finding }

    /// `tools           no       asked for no call, but said “…”`
    func line(beginning: String) -> String {
        let cells = [finding.capability.rawValue.padded(to: 15), finding.verdict.rawValue.padded(to: 8), finding.seen]
        return "\(beginning.padded(to: 10)) \(cells.joined(separator: " "))"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
