/// Hands out the words of a template one by one, and refuses those that do not belong.
struct TokenReader {
    private let tokens: [TemplateToken]
    private var position = 0
    private var depth = 0

    /// Deepest nesting of tags and brackets together that is read; templates in use have about a dozen.
    static let mostDepth = 40

    init(_ tokens: [TemplateToken]) { self.tokens = tokens }

    /// The next word. The last one is always `.end`, and is never passed.
    var current: TemplateToken { tokens[position] }

    var line: Int { current.line }

    var following: TemplateToken { tokens[min(position + 1, tokens.count - 1)] }

    mutating func advance() {
        position = min(position + 1, tokens.count - 1)
    }

    func isAt(_ sign: String) -> Bool { current.kind == .sign(sign) }

    func isAtName(_ name: String) -> Bool { current.kind == .name(name) }

    /// Passes `sign` if it is next.
    mutating func take(_ sign: String) -> Bool {
        guard isAt(sign) else { return false }
        advance()
        return true
    }

    mutating func takeName(_ name: String) -> Bool {
        guard isAtName(name) else { return false }
        advance()
        return true
    }

    mutating func expect(_ sign: String) throws(ChatTemplateRefusal) {
        guard take(sign) else { throw unexpected(sign) }
    }

    mutating func expect(_ kind: TemplateToken.Kind, _ words: String) throws(ChatTemplateRefusal) {
        guard current.kind == kind else { throw unexpected(words) }
        advance()
    }

    mutating func expectName(_ words: String = "a name") throws(ChatTemplateRefusal) -> String {
        guard case .name(let name) = current.kind else { throw unexpected(words) }
        advance()
        return name
    }

    /// A refusal of the next word.
    func unexpected(_ expected: String) -> ChatTemplateRefusal {
        ChatTemplateRefusal(.syntax(found: current.words, expected: expected), line: line)
    }

    /// Counts a level of nesting until `leave`.
    mutating func enter() throws(ChatTemplateRefusal) {
        depth += 1
        guard depth <= Self.mostDepth else {
            throw ChatTemplateRefusal(.tooMuch(.nesting, most: Self.mostDepth), line: line)
        }
    }

    mutating func leave() { depth -= 1 }
}
