/// A value while a template runs. None of them can be changed, so none can hold itself, and the depth of a value
/// is bounded when it is made.
enum RunValue: Sendable {
    /// What a missing name or member gives, with words for it; it writes nothing, and most uses of it are refused.
    case undefined(String)
    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list(ValueRow)
    case tuple(ValueRow)
    case mapping(ValueMapping)
    /// A namespace, by its number; the interpreter keeps what is in it.
    case namespace(Int)
    /// A macro, by its number.
    case macro(Int)
    case function(TemplateFunction)
    indirect case method(of: RunValue, name: String)
    case loop(LoopPosition)

    /// Deepest value; the depth of a value without elements is 0.
    static let mostDepth = 100

    /// Values within one another.
    var depth: Int {
        switch self {
        case .list(let row), .tuple(let row): row.depth
        case .mapping(let mapping): mapping.depth
        case .loop(let position): position.rows.depth
        case .method(let owner, _): owner.depth + 1
        default: 0
        }
    }

    /// What the value is, in words for a refusal.
    var kind: String {
        switch self {
        case .undefined(let what): what + ", which has no value"
        case .none: "none"
        case .boolean: "a truth value"
        case .integer, .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .tuple: "a tuple"
        case .mapping: "a mapping"
        case .namespace: "a namespace"
        case .macro: "a macro"
        case .function, .method: "a function"
        case .loop: "a loop"
        }
    }

    /// Whether a condition holds for it.
    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .boolean(let flag): flag
        case .integer(let value): value != 0
        case .number(let value): value != 0
        case .text(let text): !text.isEmpty
        case .list(let row), .tuple(let row): !row.items.isEmpty
        case .mapping(let mapping): !mapping.keys.isEmpty
        case .namespace, .macro, .function, .method, .loop: true
        }
    }

    /// The whole number, also of a truth value.
    var whole: Int? {
        switch self {
        case .boolean(let flag): flag ? 1 : 0
        case .integer(let value): value
        default: nil
        }
    }

    /// The number, also of a truth value.
    var real: Double? {
        if case .number(let value) = self { return value }
        return whole.map(Double.init)
    }
}

/// The elements of a list or a tuple.
struct ValueRow: Sendable {
    let items: [RunValue]
    let depth: Int

    /// A row of `items`; refuses one that is too deep.
    init(_ items: [RunValue]) throws(ChatTemplateRefusal) {
        self.items = items
        depth = 1 + (items.lazy.map(\.depth).max() ?? 0)
        guard depth <= RunValue.mostDepth else {
            throw ChatTemplateRefusal(.tooMuch(.nesting, most: RunValue.mostDepth))
        }
    }
}

/// Where a loop is; what `loop` means in its body.
struct LoopPosition: Sendable {
    let rows: ValueRow
    let index: Int
    /// Loops around this one.
    let outerCount: Int
}
