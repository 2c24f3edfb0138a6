/// A value that a caller hands to a template: what JSON can say, with the order of an object's members kept.
public enum TemplateValue: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([TemplateValue])
    case mapping(TemplateMembers)
}

/// The members of an object in their order. A name given twice keeps its first place and its last value.
public struct TemplateMembers: Sendable, ExpressibleByDictionaryLiteral {
    /// Names with their values, in order.
    public private(set) var members: [(name: String, value: TemplateValue)] = []

    /// No members.
    public init() {}

    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// Adds a member behind the others.
    public mutating func append(_ name: String, _ value: TemplateValue) {
        members.append((name, value))
    }
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
}
