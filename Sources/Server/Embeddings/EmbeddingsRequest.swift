import Core

/// The body of an embeddings request as OpenAI defines it.
struct EmbeddingsRequest {
    /// How numbers are written.
    enum Encoding: String, CaseIterable {
        case float
        /// 32-bit floats, little-endian, in Base64: a quarter of the length.
        case base64
    }

    /// As many as OpenAI takes.
    static let mostTexts = 2048

    var model: String
    var texts: [String]
    var encoding: Encoding
    var dimensions: Int?

    init(_ body: JSONValue) throws {
        var fields = try RequestFields(body, at: "")
        guard let model = try fields.text("model"), !model.isEmpty else {
            throw Fault(
                .invalidRequest, "model", "it is missing", expected: "The name of an embedder is expected",
                hint: "GET /v1/models lists all")
        }
        self.model = String(model.prefix(256))
        texts = try Self.texts(fields.take("input"))
        let written = try fields.text("encoding_format") ?? Encoding.float.rawValue
        guard let encoding = Encoding(rawValue: written) else {
            throw Fault(
                .invalidRequest, "encoding_format", "there is no format \"\(written.prefix(40))\"",
                expected: "float or base64 is expected")
        }
        self.encoding = encoding
        dimensions = try fields.whole("dimensions", 1...65_536)
    }

    /// Four bytes a token: embedders do not count.
    var estimatedTokens: Int { texts.reduce(0) { $0 + max(1, $1.utf8.count / 4) } }

    private static func texts(_ written: JSONValue?) throws -> [String] {
        guard let written else {
            throw Fault(
                .invalidRequest, "input", "it is missing", expected: "A string or a list of strings is expected")
        }
        guard let elements = written.elements ?? written.text.map({ [.string($0)] }),
            (1...mostTexts).contains(elements.count)
        else {
            throw RequestFields.wrong(
                "input", written, expected: "A string or a list of 1 to \(mostTexts) strings is expected")
        }
        return try elements.enumerated().map { index, element in
            if element.whole != nil || element.elements != nil {
                throw Fault(
                    .unsupported, "input", "lists of tokens are not taken: tokens mean nothing to another model",
                    expected: "A string or a list of strings is expected", hint: "Send the text itself")
            }
            guard let text = element.text, !text.isEmpty else {
                throw RequestFields.wrong(
                    written.text == nil ? "input[\(index)]" : "input", element,
                    expected: "A string that is not empty is expected")
            }
            return text
        }
    }
}
