/// How a tokenizer of the BERT family reads text, apart from its vocabulary.
package struct WordPieceSettings: Equatable, Sendable {
    /// What happens to letters before they are looked up.
    package enum Letters: Equatable, Sendable {
        /// They stay.
        case asWritten
        /// Small letters without accents: `É` becomes `e`.
        case plain
        /// Small letters that keep their accents.
        case small
        /// As written, without accents.
        case withoutAccents
    }

    package var letters = Letters.plain

    /// Whether each Chinese character is a word of its own.
    package var splitsIdeographs = true

    /// A word of more characters is unknown.
    package var longestWord = 100

    /// How the vocabulary marks a piece that goes on with a word.
    package var continuationMark = "##"

    package init() {}

    /// The names of the special tokens, which are those of all published models.
    static let unknown = "[UNK]"
    static let beginning = "[CLS]"
    static let end = "[SEP]"
    static let special = ["[PAD]", unknown, beginning, end, "[MASK]"]
}
