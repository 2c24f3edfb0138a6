package import Core

/// Joins an expert's base address and a path, whatever habits the address was written with.
package struct BaseAddress {
    private let url: String

    /// Ollama's own API begins at the root, so `/v1` or `/api` at the end is taken off for it; Anthropic's begins at
    /// `/v1`, which is added to an address without a path.
    package init(_ written: String, kind: ExpertKind) {
        var url = written
        while url.hasSuffix("/") { url.removeLast() }
        if kind == .ollama, let habit = ["/v1", "/api"].first(where: url.hasSuffix) { url.removeLast(habit.count) }
        if kind == .anthropic, url.split(separator: "/").count == 2 { url += "/v1" }
        self.url = url
    }

    /// The address of a path that begins with a slash.
    package func joined(_ path: String) -> String { url + path }
}
