import Engine

/// What a grammar says about whole texts, for hand cases.
struct GrammarReading {
    let grammar: Grammar

    init(_ schema: String) throws { grammar = try Grammar(jsonSchema: schema) }

    init(_ grammar: Grammar) { self.grammar = grammar }

    /// Whether the text is a document.
    func accepts(_ text: String) -> Bool { accepts(Array(text.utf8)) }

    func accepts(_ text: [UInt8]) -> Bool {
        var state = grammar.start()
        return state.advance(text) && state.mayEnd
    }

    /// Whether some document begins with the text.
    func begins(_ text: String) -> Bool {
        var state = grammar.start()
        return state.advance(text.utf8)
    }

    /// The refusal of a schema; nil if it has a grammar.
    static func refusal(of schema: String) -> GrammarRefusal? {
        do throws(GrammarRefusal) {
            _ = try Grammar(jsonSchema: schema)
            return nil
        } catch {
            return error
        }
    }
}
