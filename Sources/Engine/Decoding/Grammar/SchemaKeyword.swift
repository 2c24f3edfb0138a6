/// The keywords of JSON Schema that a grammar keeps to, those that say nothing about documents, and the others.
enum SchemaKeyword {
    /// Kept to, in the order they are listed to people.
    static let supported = [
        "type", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems",
        "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "$defs", "definitions",
    ]

    /// Not looked at: words for people and tools, and places that references lead to.
    static let annotations: Set<String> = [
        "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "$schema",
        "$id", "$comment", "$defs", "definitions", "discriminator", "contentEncoding", "contentMediaType",
    ]

    /// Known, not kept to: what to do instead.
    static let advice = [
        "additionalItems": "Use prefixItems and items.",
        "contains": "Use items.",
        "dependentRequired": "Use anyOf of objects.",
        "dependentSchemas": "Use anyOf of objects.",
        "dependencies": "Use anyOf of objects.",
        "if": "Use anyOf.",
        "then": "Use anyOf.",
        "else": "Use anyOf.",
        "not": "List what is allowed instead.",
        "maxContains": "Use items.",
        "minContains": "Use items.",
        "maxProperties": "Declare the properties.",
        "minProperties": "Name those that are needed in required.",
        "multipleOf": "Use enum, or leave it out and check the answer.",
        "patternProperties": "Use properties and additionalProperties.",
        "propertyNames": "Use properties.",
        "unevaluatedItems": "Use items.",
        "unevaluatedProperties": "Use additionalProperties.",
        "uniqueItems": "Leave it out and check the answer.",
        "$anchor": "Use $defs.",
        "$dynamicAnchor": "Use $defs.",
        "$dynamicRef": "Use $ref.",
        "$recursiveRef": "Use $ref.",
    ]

    /// Keywords about one type of value; without `type`, they say it.
    static let ofType: [(type: SchemaType, keywords: [String])] = [
        (.object, ["properties", "required", "additionalProperties"]),
        (.array, ["items", "prefixItems", "minItems", "maxItems"]),
        (.string, ["minLength", "maxLength", "pattern", "format"]),
        (.number, ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
    ]

    /// The keyword that was perhaps meant: at most a third of its letters differ.
    static func nearest(to written: String) -> String? {
        let wanted = Array(written.lowercased().prefix(32))
        let ranked = supported.map { ($0, distance(wanted, Array($0.lowercased()))) }
        guard let (best, distance) = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
        return distance * 3 <= max(wanted.count, best.count) ? best : nil
    }

    /// Insertions, deletions and changes that make one text the other (Levenshtein).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let change = previous[column] + (letter == other ? 0 : 1)
                current.append(min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}

/// The types of values that `type` names.
enum SchemaType: String, CaseIterable, Sendable {
    case null, boolean, integer, number, string, array, object
}
