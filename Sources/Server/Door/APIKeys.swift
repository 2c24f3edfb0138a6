import HTTPTypes

/// The keys that let a client in; none means that everybody may enter.
struct APIKeys: Sendable {
    private let keys: [[UInt8]]

    init(_ keys: Set<String>) { self.keys = keys.map { Array($0.utf8) } }

    /// Checks `Authorization: Bearer …`, or `x-api-key: …` as Anthropic's libraries send it.
    ///
    /// - Throws: a `Refusal` as OpenAI's for a wrong key; it does not repeat what was presented.
    func check(_ headers: HTTPFields) throws(Refusal) {
        guard !keys.isEmpty else { return }
        guard holds(try Self.presented(in: headers)) else { throw Self.wrongKey }
    }

    /// True if everybody may enter.
    var isEmpty: Bool { keys.isEmpty }

    /// The key that a request presents; Anthropic's libraries have a header of their own for it.
    static func presented(in headers: HTTPFields) throws(Refusal) -> [UInt8] {
        guard let written = headers[.authorization] ?? headers[.apiKey].map({ "Bearer " + $0 }) else {
            throw refusal("No API key was presented. Send the header Authorization: Bearer <key>.")
        }
        let words = written.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw refusal("The Authorization header is not of the form Bearer <key>.")
        }
        return Array(words[1].utf8)
    }

    static let wrongKey = refusal(
        "This API key is not one of the server's. Its keys are listed under server.api_keys, or were made with muster key "
            + "create.")

    /// Takes as long for a nearly right key as for a wrong one: every byte of every key is compared.
    func holds(_ presented: [UInt8]) -> Bool {
        var isHeld = false
        for key in keys {
            var difference = key.count ^ presented.count
            for (index, byte) in key.enumerated() {
                difference |= Int(byte ^ (index < presented.count ? presented[index] : 0))
            }
            isHeld = difference == 0 || isHeld
        }
        return isHeld
    }

    static func refusal(_ message: String) -> Refusal {
        Refusal(.unauthorized, code: "invalid_api_key", message, headers: [.wwwAuthenticate: "Bearer"])
    }
}
