import Core

/// Reads the members that say how an answer is drawn and how long it may be.
enum ChatSampling {
    /// The most stop strings, and the longest one in characters (code points).
    static let mostStops = 16
    static let longestStop = 1024

    static func read(_ fields: inout RequestFields) throws -> Sampling {
        let older = try fields.whole("max_tokens", 1...10_000_000)
        let newer = try fields.whole("max_completion_tokens", 1...10_000_000)
        return Sampling(
            temperature: try fields.number("temperature", 0...2), topP: try fields.number("top_p", 0...1),
            // Both may reach an expert, and what it may spend is counted before.
            maximumTokens: [older, newer].compactMap(\.self).max(), seed: try fields.whole("seed"),
            stop: try stops(fields.take("stop")))
    }

    private static func stops(_ value: JSONValue?) throws -> [String] {
        guard let value else { return [] }
        let elements = value.elements ?? [value]
        guard elements.count <= mostStops else {
            throw Fault(
                .invalidRequest, "stop", "there are \(elements.count) strings",
                expected: "At most \(mostStops) are expected")
        }
        return try elements.map { element in
            guard let text = element.text, (1...longestStop).contains(text.unicodeScalars.count) else {
                throw RequestFields.wrong(
                    "stop", element, expected: "Strings of 1 to \(longestStop) characters are expected")
            }
            return text
        }
    }
}
