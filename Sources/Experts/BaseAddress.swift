import Core

/// Joins an expert's base address and a path, whatever habits the address was written with.
struct BaseAddress {
    let url: String

    /// Ollama's own API begins at the root, so `/v1` or `/api` at the end is taken off for it.
    init(_ written: String, kind: ExpertKind) {
        var url = written
        while url.hasSuffix("/") { url.removeLast() }
        if kind == .ollama {
            for habit in ["/v1", "/api"] where url.hasSuffix(habit) { url.removeLast(habit.count) }
        }
        self.url = url
    }

    func joined(_ path: String) -> String { url + path }
}
