import Core

/// Which of the recorded experts take part in a replay.
public enum ExpertChoice: Sendable, Hashable {
    case all
    /// These, by their recorded names.
    case named([String])
    /// Those of at most so many billion active parameters, as far as that is known.
    case upTo(billions: Double)

    /// What `--small` means.
    public static let small = ExpertChoice.upTo(billions: 12)

    /// Places in the table's list of experts, in its order. Throws a `Fault` for a name that nobody has.
    func places(in experts: [String]) throws -> [Int] {
        switch self {
        case .all: return Array(experts.indices)
        case .named(let names):
            let chosen = try names.map { name in
                if let exact = experts.firstIndex(of: name) { return exact }
                if let folded = experts.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return folded }
                throw Fault.unknown(
                    .unknownExpert, "expert", named: name, among: experts,
                    hint: "--experts takes names as they are recorded in the files")
            }
            return Array(Set(chosen)).sorted()
        case .upTo(let most):
            let chosen = experts.indices.filter {
                ActiveParameters.billions(of: experts[$0]).map { $0 <= most } ?? false
            }
            guard !chosen.isEmpty else {
                throw Fault(
                    .unknownExpert, "--small", "no recorded expert is known to have at most \(most) billion parameters",
                    hint: "Name the experts: --experts a,b,…")
            }
            return chosen
        }
    }
}
