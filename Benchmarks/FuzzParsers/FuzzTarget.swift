import Foundation

/// One parser under fuzz: what is done with the bytes, beyond not crashing, and what must then be true.
enum FuzzTarget: String, CaseIterable {
    case events, lines, json, wires, settings, requests, waits

    /// The one that the environment names.
    static let chosen: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["MUSTER_FUZZ"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            preconditionFailure("MUSTER_FUZZ is \(name); choose \(allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .events: FuzzStreams.events(bytes)
        case .lines: FuzzStreams.lines(bytes)
        case .json: FuzzTexts.json(bytes)
        case .wires: FuzzStreams.wires(bytes)
        case .settings: FuzzTexts.settings(bytes)
        case .requests: FuzzTexts.request(bytes)
        case .waits: FuzzTexts.wait(bytes)
        }
    }
}

/// What libFuzzer calls.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
