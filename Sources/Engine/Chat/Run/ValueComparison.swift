/// Compares values as Python does: numbers and truth values by number, texts by scalar, lists element by element.
extension WorkMeter {
    mutating func isSame(_ left: RunValue, _ right: RunValue) throws(ChatTemplateRefusal) -> Bool {
        try step()
        switch (left, right) {
        case (.undefined, .undefined), (.none, .none): return true
        case (.text(let left), .text(let right)):
            if left.utf8.count == right.utf8.count { try count(bytes: left.utf8.count) }
            return PythonText.isSame(left, right)
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            guard left.items.count == right.items.count else { return false }
            for (left, right) in zip(left.items, right.items) {
                guard try isSame(left, right) else { return false }
            }
            return true
        case (.mapping(let left), .mapping(let right)):
            guard left.keys.count == right.keys.count else { return false }
            for (key, value) in zip(left.keys, left.values) {
                guard let other = right[key], try isSame(value, other) else { return false }
            }
            return true
        case (.namespace(let left), .namespace(let right)), (.macro(let left), .macro(let right)):
            return left == right
        default:
            if let left = left.whole, let right = right.whole { return left == right }
            guard let left = left.real, let right = right.real else { return false }
            return left == right
        }
    }

    /// Whether `left` comes before `right`; refuses values that have no order between them.
    mutating func isLess(_ left: RunValue, _ right: RunValue) throws(ChatTemplateRefusal) -> Bool {
        try step()
        switch (left, right) {
        case (.text(let left), .text(let right)):
            try count(bytes: min(left.utf8.count, right.utf8.count))
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            for (left, right) in zip(left.items, right.items) where !(try isSame(left, right)) {
                return try isLess(left, right)
            }
            return left.items.count < right.items.count
        default:
            if let left = left.whole, let right = right.whole { return left < right }
            guard let left = left.real, let right = right.real else {
                throw ChatTemplateRefusal(
                    .operation("\(left.kind) compared with \(right.kind)", expected: "two numbers or two texts"))
            }
            return left < right
        }
    }

    /// Whether `item` is in `container`: a part of a text, an element of a list, a key of a mapping.
    mutating func contains(_ item: RunValue, in container: RunValue) throws(ChatTemplateRefusal) -> Bool {
        try count(container)
        switch container {
        case .undefined: return false
        case .text(let text):
            guard case .text(let part) = item else {
                throw ChatTemplateRefusal(.operation("\(item.kind) in a text", expected: "a text"))
            }
            try count(item)
            return TextSearch.contains(part, in: text)
        case .list(let row), .tuple(let row):
            for element in row.items where try isSame(element, item) { return true }
            return false
        case .mapping(let mapping):
            try count(item)
            return mapping[item] != nil
        default:
            throw ChatTemplateRefusal(.operation("in \(container.kind)", expected: "a text, a list or a mapping"))
        }
    }

    mutating func holds(
        _ comparison: Comparison, _ left: RunValue, _ right: RunValue
    ) throws(ChatTemplateRefusal) -> Bool {
        switch comparison {
        case .equal: try isSame(left, right)
        case .unequal: try !isSame(left, right)
        case .less: try isLess(left, right)
        case .more: try isLess(right, left)
        case .atMost: try isOrdered(left, right)
        case .atLeast: try isOrdered(right, left)
        case .isIn: try contains(left, in: right)
        case .isNotIn: try !contains(left, in: right)
        }
    }

    /// Less or the same; not the opposite of more, for NaN is neither.
    private mutating func isOrdered(_ left: RunValue, _ right: RunValue) throws(ChatTemplateRefusal) -> Bool {
        if try isLess(left, right) { return true }
        return try isSame(left, right)
    }
}
