/// What a model's text must be: JSON that fits a schema, as a grammar that allows or refuses each next byte.
///
/// Documents are written in one canonical form, which every JSON reader reads:
/// - no spaces but one or none behind each `:` and `,`, no line breaks: spaces without end are a model's favourite trap;
/// - properties in the order in which the schema declares them, optional ones perhaps left out, others at the end;
/// - numbers of at most 30 digits before and 30 behind the point and 2 in the exponent;
/// - at most 64 nested arrays and objects;
/// - strings that are valid UTF-8; where only certain characters are allowed (`enum`, `const`, `pattern`, `format`,
///   names of properties) they are written as themselves, and only `"`, `\` and controls as escapes.
///
/// Where a schema leaves something open, the narrower reading is taken, so that all that is written fits it:
/// - without `additionalProperties`, an object that declares properties has no others; one that declares none has any;
/// - without `items`, an array with `prefixItems` has no others;
/// - without `type`, the keywords present say the type (`properties`: an object); without any, every value fits;
/// - `oneOf` is read as `anyOf`; `format` is kept to.
public struct Grammar: Sendable {
    private let beginning: ConfigurationTable

    /// The grammar of a schema's text: an object in JSON, or `true`.
    public init(jsonSchema text: [UInt8]) throws(GrammarRefusal) {
        try self.init(try SchemaReader.read(text))
    }

    /// The grammar of a schema's text: an object in JSON, or `true`.
    public init(jsonSchema text: String) throws(GrammarRefusal) {
        try self.init(jsonSchema: Array(text.utf8))
    }

    init(_ schema: SchemaValue) throws(GrammarRefusal) {
        let network = try SchemaCompiler.network(of: schema)
        beginning = ConfigurationTable(network, needs: try NetworkCheck(network).needs)
    }

    /// Any JSON object.
    public static let anyObject: Grammar = {
        do throws(GrammarRefusal) {
            return try Grammar(.object([SchemaValue.Member(name: "type", value: .string("object"))]))
        } catch {
            preconditionFailure("the schema of any object has a grammar: \(error)")
        }
    }()

    /// Where an empty text stands.
    public func start() -> GrammarState { GrammarState(beginning) }
}
