/// The filters for lists, mappings and what is missing.
extension TemplateFilter {
    static let rows: [String: TemplateFilter] = [
        "length": TemplateFilter { value, _, _ throws(ChatTemplateRefusal) in
            switch value {
            case .text(let text): .integer(text.unicodeScalars.count)
            default: .integer(try value.elements(for: "length").count)
            }
        },
        "list": TemplateFilter { value, _, _ throws(ChatTemplateRefusal) in
            .list(try ValueRow(try value.elements(for: "list")))
        },
        "first": TemplateFilter { value, _, _ throws(ChatTemplateRefusal) in
            try value.elements(for: "first").first ?? .undefined("the first element of \(value.kind)")
        },
        "last": TemplateFilter { value, _, _ throws(ChatTemplateRefusal) in
            try value.elements(for: "last").last ?? .undefined("the last element of \(value.kind)")
        },
        "reverse": TemplateFilter { value, _, _ throws(ChatTemplateRefusal) in
            if case .text(let text) = value { return .text(String(scalars: text.unicodeScalars.reversed())) }
            return .list(try ValueRow(try value.elements(for: "reverse").reversed()))
        },
        "default": TemplateFilter(["default_value", "boolean"]) { value, given, _ in
            if case .undefined = value { return given[0] ?? .text("") }
            return given[1].isTrue && !value.isTrue ? given[0] ?? .text("") : value
        },
        "items": TemplateFilter { value, _, _ throws(ChatTemplateRefusal) in
            switch value {
            case .undefined: .list(try ValueRow([]))
            case .mapping(let mapping): .list(try ValueRow(try mapping.pairs()))
            default: throw value.refused(by: "items", expected: "a mapping")
            }
        },
        "sort": TemplateFilter(["reverse", "case_sensitive", "attribute"]) {
            value, given, run throws(ChatTemplateRefusal) in
            let items = try value.elements(for: "sort")
            var keys: [RunValue] = []
            for item in items {
                keys.append(try run.attribute(given[2], of: item).folded(unless: given[1].isTrue))
            }
            let order = try StableOrder(reversed: given[0].isTrue).indices(of: keys, counting: &run.meter)
            return .list(try ValueRow(order.map { items[$0] }))
        },
        "dictsort": TemplateFilter(["case_sensitive", "by", "reverse"]) {
            value, given, run throws(ChatTemplateRefusal) in
            guard case .mapping(let mapping) = value else {
                throw value.refused(by: "dictsort", expected: "a mapping")
            }
            let isByValue = try given[1].text(for: "dictsort") == "value"
            let keys = (isByValue ? mapping.values : mapping.keys).map { $0.folded(unless: given[0].isTrue) }
            let order = try StableOrder(reversed: given[2].isTrue).indices(of: keys, counting: &run.meter)
            let pairs = try mapping.pairs()
            return .list(try ValueRow(order.map { pairs[$0] }))
        },
        "unique": TemplateFilter(["case_sensitive", "attribute"]) { value, given, run throws(ChatTemplateRefusal) in
            var seen = ValueMapping()
            for item in try value.elements(for: "unique") {
                let key = try run.attribute(given[1], of: item).folded(unless: given[0].isTrue)
                try run.meter.count(key)
                if seen[key] == nil { try seen.put(item, under: key) }
            }
            return .list(try ValueRow(seen.values))
        },
    ]
}

extension RunValue {
    /// A text in small letters, unless the case matters.
    func folded(unless isCaseSensitive: Bool) -> RunValue {
        guard case .text(let text) = self, !isCaseSensitive else { return self }
        return .text(text.lowercased())
    }
}

/// Sorts by merging halves, so that what is equal keeps its order.
struct StableOrder {
    let isReversed: Bool

    init(reversed isReversed: Bool = false) { self.isReversed = isReversed }

    /// The places of `keys` in their order.
    func indices(of keys: [RunValue], counting meter: inout WorkMeter) throws(ChatTemplateRefusal) -> [Int] {
        var order = Array(keys.indices)
        var width = 1
        while width < order.count {
            var merged: [Int] = []
            merged.reserveCapacity(order.count)
            for start in stride(from: 0, to: order.count, by: 2 * width) {
                var left = order[start..<min(start + width, order.count)]
                var right = order[min(start + width, order.count)..<min(start + 2 * width, order.count)]
                while let first = left.first, let second = right.first {
                    let (before, behind) = isReversed ? (first, second) : (second, first)
                    // What is the same needs no order: several times none can be sorted.
                    let isSame = try meter.isSame(keys[first], keys[second])
                    let isSwapped = isSame ? false : try meter.isLess(keys[before], keys[behind])
                    merged.append(isSwapped ? right.removeFirst() : left.removeFirst())
                }
                merged += left
                merged += right
            }
            order = merged
            width *= 2
        }
        return order
    }
}
