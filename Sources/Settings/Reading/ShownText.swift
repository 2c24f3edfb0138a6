extension String {
    /// This text in quotes as a message may show it: short, on one line, and never anything that looks like a key.
    var quoted: String {
        guard !looksLikeKey else { return "a text that looks like a key" }
        let shown = unicodeScalars.prefix(60).map { $0.properties.generalCategory == .control ? "·" : String($0) }
            .joined()
        return "\"\(shown)\(unicodeScalars.count > 60 ? "…" : "")\""
    }

    /// This text as part of a path: itself if it has the form of a name, else an ellipsis.
    var asPathPart: String {
        let isWord =
            utf8.count <= 64 && !isEmpty
            && unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.*".unicodeScalars.contains($0))
            }
        return isWord && !looksLikeKey ? self : "…"
    }

    /// True for the beginnings that issuers of keys use.
    private var looksLikeKey: Bool {
        ["sk-", "sk_", "gsk_", "hf_", "ghp_", "xai-", "AIza", "Bearer ", "r8_"].contains { contains($0) }
    }
}

extension Double {
    /// Without a needless `.0`.
    var short: String { Int(exactly: self).map(String.init) ?? String(self) }
}

extension [String] {
    /// `a, b or c`
    var orList: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " or " + last
    }
}
