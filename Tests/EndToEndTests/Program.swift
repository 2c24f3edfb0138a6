import Foundation

/// The built command, run as its users run it, in a folder of its own.
struct Program {
    /// How a run ended.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// The output as JSON.
        var json: [String: Any]? {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any]
        }
    }

    /// A folder that is removed with the last copy of the program.
    private final class Folder: Sendable {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "muster-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private let place: Folder

    var folder: String { place.path }

    /// - Parameters:
    ///   - configuration: `config.yaml`; none if nil.
    ///   - skills: whether the folder has Muster's own skills.
    init(configuration: String? = nil, skills: Bool = true) throws {
        place = try Folder()
        if let configuration { try write(configuration, to: "config.yaml") }
        if skills {
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/Skills", withDestinationPath: Self.root + "/Skills")
        }
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    /// Runs to the end.
    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Outcome {
        let process = try start(arguments, environment: environment)
        return await process.end()
    }

    /// Starts, and goes on.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningProgram {
        try RunningProgram(Self.path, arguments, of: self, environment: environment)
    }

    /// The repository.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Built beside the tests.
    private static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("muster").path
}
