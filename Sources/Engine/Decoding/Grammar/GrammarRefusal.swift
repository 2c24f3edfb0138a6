/// Says why a JSON schema cannot constrain what a model writes, and where in the schema that was seen.
public struct GrammarRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The schema is longer than is read; both in bytes.
        case tooLong(found: Int, most: Int)
        /// The schema is not JSON; line and column count from 1, columns in bytes.
        case notJSON(String, line: Int, column: Int)
        /// Neither an object nor a truth value stands where a schema is expected.
        case notASchema(found: String)
        /// A keyword nobody knows; `nearest` is one that was perhaps meant.
        case unknownKeyword(String, nearest: String?)
        /// A keyword that is known and cannot be kept to; `advice` says what to do.
        case unsupportedKeyword(String, advice: String)
        /// A keyword whose value is not what it calls for.
        case wrongValue(keyword: String, found: String, expected: String)
        /// Two keywords that cannot be kept to together.
        case together(String, String, advice: String)
        /// A reference to nothing in this schema.
        case missingTarget(reference: String)
        /// A schema that is itself, with no array or object in between.
        case endlessReference
        /// A pattern that is no regular expression, or one of a kind that is not read; `at` counts characters from 0.
        case pattern(String, at: Int, what: String)
        /// The grammar would need more nodes than are kept.
        case tooLarge(most: Int)
        /// More alternatives at one place than are followed.
        case tooManyChoices(most: Int)
        /// No document fits, or only deeper ones than are written.
        case impossible(deepest: Int)
    }

    /// JSON pointer of the schema's part, `#` for the whole (RFC 6901, as a fragment).
    public let place: String

    /// What is wrong there.
    public let reason: Reason

    /// A refusal for what was seen at `place`.
    init(_ place: String, _ reason: Reason) {
        self.place = place
        self.reason = reason
    }
}
