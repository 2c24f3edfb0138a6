/// A word of a template, with its line.
struct TemplateToken: Sendable {
    enum Kind: Equatable, Sendable {
        /// Text between tags, as it is to be written.
        case data(String)
        case tagBegin, tagEnd, outputBegin, outputEnd
        case name(String)
        case text(String)
        case integer(Int)
        case number(Double)
        case sign(String)
        case end
    }

    let kind: Kind
    let line: Int

    /// The token in words, for refusals.
    var words: String {
        switch kind {
        case .data: "text"
        case .tagBegin: "{%"
        case .tagEnd: "%}"
        case .outputBegin: "{{"
        case .outputEnd: "}}"
        case .name(let name): name
        case .text(let text): "'\(text)'"
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .sign(let sign): sign
        case .end: "the end of the template"
        }
    }
}
