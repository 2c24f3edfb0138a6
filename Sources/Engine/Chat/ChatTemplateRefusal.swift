/// Says why a chat template cannot be used, or cannot write this conversation, and at which line that was seen.
public struct ChatTemplateRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// A kind of named thing that a template may ask for and that may not exist here.
    public enum Part: String, Sendable {
        case tag, filter, test, method, function
    }

    /// A size that is bounded.
    public enum Bound: String, Sendable {
        case source = "bytes of template"
        case nesting = "levels of nesting"
        case steps = "steps of work"
        case volume = "bytes of texts and lists made on the way"
        case text = "bytes in one text"
        case range = "numbers in one range"
    }

    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The model file carries no template, so it says nothing of conversations.
        case missing
        /// The template is not written in the language; both texts are words for a piece of it.
        case syntax(found: String, expected: String)
        /// Something the language may have elsewhere, and not here.
        case unsupported(Part, name: String, known: [String])
        /// A use of something that has no value; the text says what.
        case undefined(String)
        /// An operation on values that it is not for; both texts are words.
        case operation(String, expected: String)
        /// The template itself refuses the conversation, in these words.
        case raised(String)
        /// More than we accept.
        case tooMuch(Bound, most: Int)
    }

    /// Line of the template, counted from 1; nil where the template as a whole is meant.
    public let line: Int?

    /// What is wrong there.
    public let reason: Reason

    init(_ reason: Reason, line: Int? = nil) {
        self.reason = reason
        self.line = line
    }

    /// The same refusal at `line`, unless its line is known more exactly.
    func placed(at line: Int) -> ChatTemplateRefusal {
        self.line == nil ? ChatTemplateRefusal(reason, line: line) : self
    }
}
