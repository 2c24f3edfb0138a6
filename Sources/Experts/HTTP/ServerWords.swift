import Core

/// What a server said, made safe to repeat: on one line, without control characters and without the expert's key.
struct ServerWords: Sendable {
    /// So much is read of what a server said, in bytes; only the beginning is repeated.
    private static let longestReading = 64 << 10

    /// What must never be shown, and what is shown in its place; longest first, so that none leaves a rest behind.
    private let secrets: [(value: String, shown: String)]

    init(_ spec: ExpertSpec) {
        var secrets = [spec.key.map { (value: $0.reveal(), shown: $0.description) }].compactMap { $0 }
        if let address = spec.baseURL, let login = Self.login(in: address) { secrets.append((String(login), "…")) }
        self.secrets = secrets.filter { !$0.value.isEmpty }
            .flatMap { secret in Self.spellings(of: secret.value).map { ($0, secret.shown) } }
            .sorted { $0.value.utf8.count > $1.value.utf8.count }
    }

    /// A secret as it is, and as JSON or an address may spell it.
    private static func spellings(of secret: String) -> Set<String> {
        var encoded = ""
        var encodedSmall = ""
        for byte in secret.utf8 {
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
            let digits = String(byte, radix: 16)
            let code = "%" + (byte < 16 ? "0" : "") + digits
            encoded += isPlain ? String(character) : code.uppercased()
            encodedSmall += isPlain ? String(character) : code
        }
        return [secret, secret.replacing("/", with: "\\/"), encoded, encodedSmall]
    }

    /// The beginning of what was said, in characters; the key is taken out before the text is cut, or half of it might
    /// be left.
    func beginning(_ text: String, upTo limit: Int) -> String {
        let clean = clean(text)
        return clean.count > limit ? clean.prefix(limit) + "…" : clean
    }

    /// The beginning in quotes; nothing if nothing readable was said.
    func quoted(_ text: String, upTo limit: Int = 80) -> String {
        let words = beginning(text, upTo: limit)
        return words.isEmpty ? "" : "\"\(words)\""
    }

    private func clean(_ text: String) -> String {
        var line = ""
        for scalar in String(decoding: text.utf8.prefix(Self.longestReading), as: UTF8.self).unicodeScalars {
            if scalar.properties.isWhitespace {
                if !line.isEmpty, !line.hasSuffix(" ") { line += " " }
            } else if Self.isPrintable(scalar) {
                line.unicodeScalars.append(scalar)
            }
        }
        if line.hasSuffix(" ") { line.removeLast() }
        for secret in secrets { line = line.replacing(secret.value, with: secret.shown) }
        return line
    }

    /// Control characters could move a terminal's cursor; format characters could turn a line's direction.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    /// The user and password in an address: what stands between `//` and `@`.
    private static func login(in address: String) -> Substring? {
        guard let slashes = address.firstRange(of: "//") else { return nil }
        let authority = address[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" }
        return authority.lastIndex(of: "@").map { authority[..<$0] }
    }
}
