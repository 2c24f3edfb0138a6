import Core
import Engine

/// The grammar that holds an answer to the form a client wants.
enum AnswerGrammar {
    /// Nil for any text.
    ///
    /// A schema's properties are written in the order of their names: that of the client was lost when its JSON was read.
    static func of(_ form: AnswerForm?, faults: LocalFaults) throws -> Grammar? {
        switch form {
        case nil: return nil
        case .json: return .anyObject
        case .schema(_, let schema, _):
            do throws(GrammarRefusal) {
                return try Grammar(jsonSchema: JSONText.bytes(of: schema))
            } catch {
                throw faults.wrong(
                    "response_format", "cannot be kept to: \(error)", expected: "a schema of the supported kind")
            }
        }
    }
}
