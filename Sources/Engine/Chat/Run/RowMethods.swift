/// The methods of lists and tuples that change nothing.
enum RowMethods {
    struct Method: Sendable {
        let parameters: [String]
        let body: @Sendable (ValueRow, [RunValue?], inout WorkMeter) throws(ChatTemplateRefusal) -> RunValue
    }

    static let all: [String: Method] = [
        "index": Method(parameters: ["value"]) { row, given, meter throws(ChatTemplateRefusal) in
            for (place, item) in row.items.enumerated() where try meter.isSame(item, given[0] ?? .none) {
                return .integer(place)
            }
            throw ChatTemplateRefusal(.operation("a list without the value for index", expected: "one with it"))
        },
        "count": Method(parameters: ["value"]) { row, given, meter throws(ChatTemplateRefusal) in
            var count = 0
            for item in row.items where try meter.isSame(item, given[0] ?? .none) { count += 1 }
            return .integer(count)
        },
    ]
}

/// The methods of mappings that change nothing.
enum MappingMethods {
    struct Method: Sendable {
        let parameters: [String]
        let body: @Sendable (ValueMapping, [RunValue?]) throws(ChatTemplateRefusal) -> RunValue
    }

    static let all: [String: Method] = [
        "items": Method(parameters: []) { mapping, _ throws(ChatTemplateRefusal) in
            .list(try ValueRow(try mapping.pairs()))
        },
        "keys": Method(parameters: []) { mapping, _ throws(ChatTemplateRefusal) in .list(try ValueRow(mapping.keys)) },
        "values": Method(parameters: []) { mapping, _ throws(ChatTemplateRefusal) in
            .list(try ValueRow(mapping.values))
        },
        "get": Method(parameters: ["key", "default"]) { mapping, given in
            mapping[given[0] ?? .none] ?? given[1] ?? .none
        },
        "copy": Method(parameters: []) { mapping, _ in .mapping(mapping) },
    ]
}
