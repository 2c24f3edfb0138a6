/// Says why a vocabulary cannot be used to tokenize text.
public enum TokenizerRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// No token at all, or more than are numbered here.
    case tokenCount(found: Int, most: Int)
    /// A list that goes with the tokens is longer or shorter than they are.
    case lengths(what: String, found: Int, expected: Int)
    /// A token type that is not one of 0 to 6.
    case tokenType(id: Int, found: Int)
    /// A special id that no token has.
    case outsideVocabulary(id: Int, tokenCount: Int)
    /// More bytes of tokens that are cut out of texts, control and user-defined, than are kept here.
    case marks(found: Int, most: Int)
    /// A merge, counted from 0, that is not two texts with a space between.
    case merge(index: Int)
    /// More merges than are numbered here.
    case mergeCount(found: Int, most: Int)
    /// No token for this byte, so text that holds it could not be written.
    case missingByte(UInt8)
    /// No token `▁` (U+2581), so a space could not be written.
    case missingSpaceMark
    /// A token of type "byte" that is not written `<0x0A>`.
    case byteToken(id: Int)
    /// A score that is not a number, so merges would have no order.
    case score(id: Int)
    /// A pre-tokenizer of another name than those known.
    case unknownPreTokenizer(found: String, known: [String])

    /// One sentence for people: what was found, what was expected, what to do.
    public var description: String {
        "vocabulary: \(sentence)"
    }

    private var sentence: String {
        switch self {
        case .tokenCount(let found, let most):
            "found \(found) tokens, expected 1 to \(most). The file is damaged or holds no tokenizer."
        case .lengths(let what, let found, let expected):
            "found \(found) \(what), expected \(expected), one for each token. The file is damaged."
        case .tokenType(let id, let found):
            "token \(id) has type \(found), expected 0 to 6. Convert the model with a current tool."
        case .outsideVocabulary(let id, let tokenCount):
            "special token \(id) does not exist, expected 0 to \(tokenCount - 1). The file is damaged."
        case .marks(let found, let most):
            "found \(found) bytes of control and user-defined tokens, expected at most \(most). The file is damaged."
        case .merge(let index):
            "merge \(index) is not two texts with a space between. The file is damaged."
        case .mergeCount(let found, let most):
            "found \(found) merges, expected at most \(most). The file is damaged."
        case .missingByte(let byte):
            "there is no token for the byte 0x\(Self.hexadecimal(byte)), and text may hold it. Use another model file."
        case .missingSpaceMark:
            "there is no token ▁ (U+2581), which spaces are written with. Use another model file."
        case .byteToken(let id):
            "token \(id) is of type byte and not written like <0x0A>. The file is damaged."
        case .score(let id):
            "the score of token \(id) is not a number. The file is damaged."
        case .unknownPreTokenizer(let found, let known):
            "found the pre-tokenizer “\(found.prefix(40))”, expected one of \(known.joined(separator: ", ")). "
                + Self.nearest(to: found, among: known) + "Use a model of one of these families."
        }
    }

    private static func nearest(to name: String, among known: [String]) -> String {
        NearestName.of(name, among: known).map { "The nearest is “\($0)”. " } ?? ""
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "0" + digits : digits
    }
}
