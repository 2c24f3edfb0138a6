/// A part of a template that has a value.
struct Expression: Sendable {
    indirect enum Form: Sendable {
        case literal(RunValue)
        case name(String)
        /// The text that a block gathered, on the way through that block's filters.
        case gathered
        case list([Expression])
        case tuple([Expression])
        case mapping([(key: Expression, value: Expression)])
        case attribute(of: Expression, name: String)
        case element(of: Expression, at: Expression)
        case slice(of: Expression, start: Expression?, stop: Expression?, step: Expression?)
        case call(Expression, CallSyntax)
        case filter(Expression, name: String, CallSyntax)
        case test(Expression, name: String, CallSyntax)
        case negative(Expression)
        case positive(Expression)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case arithmetic(Arithmetic, Expression, Expression)
        case concatenation(Expression, Expression)
        /// A chain such as `a < b <= c`.
        case comparison(Expression, [(Comparison, Expression)])
        case choice(if: Expression, then: Expression, else: Expression?)
    }

    /// The arguments between the brackets of a call.
    struct CallSyntax: Sendable {
        var positional: [Expression] = []
        var named: [(name: String, value: Expression)] = []

        var expressions: [Expression] { positional + named.map(\.value) }
    }

    let form: Form
    let line: Int
    /// Expressions within one another here, this one included.
    let depth: Int

    /// Deepest expression that is accepted; values of this size are also let go of without trouble.
    static let mostDepth = 100

    /// An expression over `parts`. Refuses one that is too deep.
    init(_ form: Form, line: Int, over parts: [Expression] = []) throws(ChatTemplateRefusal) {
        self.form = form
        self.line = line
        depth = 1 + (parts.map(\.depth).max() ?? 0)
        guard depth <= Self.mostDepth else {
            throw ChatTemplateRefusal(.tooMuch(.nesting, most: Self.mostDepth), line: line)
        }
    }
}

/// What two numbers, texts or lists are made into one by.
enum Arithmetic: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case floorOver = "//"
    case modulo = "%"
    case power = "**"
}

/// How two values are compared.
enum Comparison: String, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case isIn = "in"
    case isNotIn = "not in"
}
