/// Writes a conversation as the text that a model was trained on, by the template in its file.
///
/// Templates are written in Jinja (the part of it that chat templates use) and are rendered as Hugging Face's
/// `apply_chat_template` does. A template is a program from a stranger: it can touch nothing but the values it is
/// given, and its size, nesting, work and output are bounded.
public struct ChatTemplate: Sendable {
    private let statements: [Statement]

    /// Most bytes of a template; the largest in use have about 30 thousand.
    static let mostBytes = 1 << 20

    /// Reads the template's text. Throws `ChatTemplateRefusal` with the line that cannot be read.
    public init(_ source: String) throws(ChatTemplateRefusal) {
        guard source.utf8.count <= Self.mostBytes else {
            throw ChatTemplateRefusal(.tooMuch(.source, most: Self.mostBytes))
        }
        let tokens = try TemplateLexer.tokens(of: source)
        var parser = StatementParser(TokenReader(tokens))
        statements = try parser.template()
    }

    /// Reads the template in a model file. A file without one is refused with the reason `.missing`: which template
    /// the model was trained on cannot be guessed from its architecture, and a wrong one spoils every answer. The
    /// caller may then use the model to complete plain text.
    public init(in metadata: GGUFMetadata) throws(ChatTemplateRefusal) {
        guard let source = metadata["tokenizer.chat_template"]?.text else { throw ChatTemplateRefusal(.missing) }
        try self.init(source)
    }

    /// The text for `turns`. Throws `ChatTemplateRefusal` when the template refuses them or takes too much work.
    public func render(
        _ turns: [ChatTurn], with variables: ChatVariables = ChatVariables()
    ) throws(ChatTemplateRefusal) -> String {
        var named = variables.byName
        named["messages"] = .list(turns.map(\.value))
        var interpreter = try Interpreter(variables: named, now: variables.now)
        return try interpreter.render(statements)
    }
}
