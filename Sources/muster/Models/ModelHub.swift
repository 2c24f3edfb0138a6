import Core
import Foundation

/// The model hub: where repositories of model files are kept, huggingface.co or what `HF_ENDPOINT` names.
struct ModelHub: Sendable {
    /// Without a slash at the end.
    let base: String

    init(_ environment: [String: String]) throws {
        let named = environment["HF_ENDPOINT"] ?? ""
        let text = named.isEmpty ? "https://huggingface.co" : named
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty, url.user() == nil,
            url.scheme == "https" || (url.scheme == "http" && Self.loopback.contains(host))
        else {
            throw Fault(
                .invalidRequest, "HF_ENDPOINT", "is not an https address", hint: "Set it to one, or unset it")
        }
        base = String(text.reversed().drop { $0 == "/" }.reversed())
    }

    func address(of file: HubFile) -> String { "\(base)/\(file.repository)/resolve/main/\(file.path)" }

    private static let loopback: Set<String> = ["127.0.0.1", "localhost", "::1"]
}
