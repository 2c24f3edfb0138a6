import Yams

/// A value of another program's configuration, read leniently: what is not there or of another kind is nil.
struct ForeignValue {
    private let node: Node?

    init(_ node: Node?) { self.node = node }

    /// The member of a group.
    subscript(_ name: String) -> ForeignValue {
        guard case .mapping(let mapping)? = node else { return ForeignValue(nil) }
        return ForeignValue(mapping[Node(name)])
    }

    /// A single value as text; nil for nothing, null, a list or a group.
    var text: String? {
        guard case .scalar(let scalar)? = node else { return nil }
        let isNothing = scalar.style == .plain && ["", "~", "null", "None"].contains(scalar.string)
        return isNothing ? nil : scalar.string
    }

    /// A number, also where it stands in quotes.
    var number: Double? { text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } }

    /// A whole number.
    var whole: Int? { number.flatMap { Int(exactly: $0) } }

    /// True for what YAML calls true.
    var isTrue: Bool { ["true", "yes", "on"].contains(text?.lowercased()) }

    /// The elements of a list; a single value counts as one.
    var elements: [ForeignValue] {
        switch node {
        case .sequence(let sequence)?: sequence.prefix(NamedSettings.most).map(ForeignValue.init)
        case .scalar?: text == nil ? [] : [self]
        default: []
        }
    }

    /// The members of a group in the order of the file.
    var members: [(name: String, value: ForeignValue)] {
        guard case .mapping(let mapping)? = node else { return [] }
        return mapping.prefix(NamedSettings.most).compactMap { key, value in
            key.scalar.map { ($0.string, ForeignValue(value)) }
        }
    }

    /// How many elements a list has, also those that `elements` leaves out.
    var count: Int {
        if case .sequence(let sequence)? = node { sequence.count } else { elements.count }
    }

    /// True for what YAML calls false.
    var isFalse: Bool { ["false", "no", "off"].contains(text?.lowercased()) }

    /// True if something stands here.
    var isThere: Bool { node != nil }
}
