extension String {
    /// The same without users and passwords in addresses: what stands between `://` and `@`.
    var withoutLogins: String {
        var shown = ""
        var rest = self[...]
        while let slashes = rest.firstRange(of: "://") {
            shown += rest[..<slashes.upperBound]
            rest = rest[slashes.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && !"/?#\"".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            shown += "…"
            rest = rest[at...]
        }
        return shown + rest
    }
}
