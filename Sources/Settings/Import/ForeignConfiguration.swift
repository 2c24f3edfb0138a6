import Core
import Yams

/// Reads the configuration of another gateway and says what it is in ours.
public struct ForeignConfiguration: Sendable {
    /// The programs whose files are understood.
    public enum Program: String, Sendable, CaseIterable {
        case litellm
        case llamaSwap = "llama-swap"
    }

    /// Where llama-swap listens if nothing else is said.
    public static let usualServer = "http://127.0.0.1:8080/v1"

    private let path: String

    /// - Parameter path: the other program's file.
    public init(path: String) { self.path = path }

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - program: whose file it is; nil to look at it.
    ///   - server: where llama-swap answers; nil for where it usually does. Without a path it gets `/v1`.
    ///   - runsFilesHere: whether GGUF files that llama-swap starts servers for are run by our engine instead.
    /// - Throws: a `Fault` if the file cannot be read or is neither program's.
    public func imported(
        as program: Program? = nil, server: String? = nil, runsFilesHere: Bool = false
    ) throws -> ImportedSettings {
        let server = try Self.checked(server ?? Self.usualServer)
        let root = ForeignValue(try parsed())
        let isLiteLLM = LiteLLMImport.recognises(root)
        let isLlamaSwap = LlamaSwapImport.recognises(root)
        guard let program = program ?? (isLiteLLM ? .litellm : isLlamaSwap ? .llamaSwap : nil) else {
            throw Fault(
                .invalidSettings, path,
                "it is neither a configuration of LiteLLM (model_list) nor of llama-swap (models)",
                hint: "Say which one it is with --from")
        }
        let imported =
            switch program {
            case .litellm: LiteLLMImport(root).read()
            case .llamaSwap: LlamaSwapImport(root, server: server, runsFilesHere: runsFilesHere).read()
            }
        guard imported.expertCount > 0 else {
            throw Fault(
                .invalidSettings, path, "no model in it could be taken over",
                expected: imported.notes.prefix(8).joined(separator: " "), hint: "Is it the right file?")
        }
        return imported
    }

    /// True for an address that a `base_url` of ours may be.
    static func isAddress(_ text: String) -> Bool {
        let setting = Setting(
            node: Node(text), path: "", problems: ProblemList(file: ""), environment: EnvironmentText(variables: [:]))
        return setting.address() != nil
    }

    private static func checked(_ server: String) throws -> String {
        guard isAddress(server) else {
            throw Fault(
                .invalidRequest, "--server", "it is no address of a server",
                expected: "http or https, a host, no user, password or query", hint: "Write --server \(usualServer)")
        }
        let hasPath = server.split(separator: "/", omittingEmptySubsequences: true).count > 2
        return hasPath ? server : server + (server.hasSuffix("/") ? "v1" : "/v1")
    }

    private func parsed() throws -> Node {
        switch FileBytes.read(path, upTo: YAMLText.largest) {
        case .absent:
            throw Fault(.unreadableFile, path, "there is no such file, or it cannot be read", hint: "Check the path")
        case .tooLarge:
            throw Fault(.unreadableFile, path, "the file is larger than \(YAMLText.largest >> 20) MiB")
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Fault(.unreadableFile, path, "the file is not UTF-8 text")
            }
            let problems = ProblemList(file: path)
            if let node = YAMLText.parse(text, problems: problems, ifEmpty: "Is it the right file?") { return node }
            throw problems.problems.fault(.invalidSettings) ?? Fault(.invalidSettings, path, "it is not YAML")
        }
    }
}
