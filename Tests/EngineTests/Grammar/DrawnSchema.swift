/// A schema drawn by chance that can write itself, write a document, and judge one the plain way.
indirect enum DrawnSchema {
    case null
    case boolean
    case number
    case integer(least: Int?, most: Int?)
    case string(least: Int, most: Int?)
    /// `^[abc]{least,}$`
    case letters(least: Int)
    case listed([PlainJSON])
    case array(DrawnSchema, least: Int, most: Int?)
    case object([Property], isOpen: Bool)
    case either([DrawnSchema])

    struct Property {
        var name: String
        var schema: DrawnSchema
        var isRequired: Bool
    }

    /// The plain validator: JSON Schema's meaning of `text`, with the narrower readings the grammar documents.
    func fits(_ value: PlainJSON) -> Bool {
        switch (self, value) {
        case (.null, .null), (.boolean, .boolean), (.number, .number): true
        case (.integer(let least, let most), .number(let number)):
            number == number.rounded() && number >= Double(least ?? .min) && number <= Double(most ?? .max)
                || least == nil && most == nil && number == number.rounded()
        case (.string(let least, let most), .string(let text)):
            text.unicodeScalars.count >= least && text.unicodeScalars.count <= most ?? .max
        case (.letters(let least), .string(let text)): text.count >= least && text.allSatisfy { "abc".contains($0) }
        case (.listed(let values), _): values.contains(value)
        case (.array(let items, let least, let most), .array(let elements)):
            elements.count >= least && elements.count <= most ?? .max && elements.allSatisfy { items.fits($0) }
        case (.object(let properties, let isOpen), .object(let members)):
            properties.allSatisfy { property in
                members[property.name].map { property.schema.fits($0) } ?? !property.isRequired
            } && (isOpen || members.keys.allSatisfy { name in properties.contains { $0.name == name } })
        case (.either(let alternatives), _): alternatives.contains { $0.fits(value) }
        default: false
        }
    }

    /// The schema as JSON.
    var text: String {
        switch self {
        case .null: return #"{"type":"null"}"#
        case .boolean: return #"{"type":"boolean"}"#
        case .number: return #"{"type":"number"}"#
        case .integer(let least, let most):
            return #"{"type":"integer"\#(Self.bound("minimum", least))\#(Self.bound("maximum", most))}"#
        case .string(let least, let most):
            return #"{"type":"string"\#(Self.bound("minLength", least))\#(Self.bound("maxLength", most))}"#
        case .letters(let least): return #"{"type":"string","pattern":"^[abc]{\#(least),}$"}"#
        case .listed(let values): return #"{"enum":[\#(values.map(Self.written).joined(separator: ","))]}"#
        case .array(let items, let least, let most):
            let bounds = Self.bound("minItems", least) + Self.bound("maxItems", most)
            return #"{"type":"array","items":\#(items.text)\#(bounds)}"#
        case .object(let properties, let isOpen):
            let declared = properties.map { "\"\($0.name)\":\($0.schema.text)" }.joined(separator: ",")
            let required = properties.filter(\.isRequired).map { "\"\($0.name)\"" }.joined(separator: ",")
            return #"{"type":"object","properties":{\#(declared)},"required":[\#(required)],"#
                + #""additionalProperties":\#(isOpen)}"#
        case .either(let alternatives): return #"{"anyOf":[\#(alternatives.map(\.text).joined(separator: ","))]}"#
        }
    }

    private static func bound(_ keyword: String, _ value: Int?) -> String {
        value.map { ",\"\(keyword)\":\($0)" } ?? ""
    }

    private static func written(_ value: PlainJSON) -> String {
        switch value {
        case .boolean(let isTrue): "\(isTrue)"
        case .number(let number): "\(Int(number))"
        case .string(let text): "\"\(text)\""
        default: "null"
        }
    }

    // MARK: Chance

    /// A schema at most `depth` levels deep.
    static func draw(depth: Int, using random: inout some RandomNumberGenerator) -> DrawnSchema {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 7), using: &random) {
        case 0: return .null
        case 1: return .boolean
        case 2: return .number
        case 3:
            let ends = [Int.random(in: -2000...2000, using: &random), Int.random(in: -2000...2000, using: &random)]
                .sorted()
            return .integer(
                least: Bool.random(using: &random) ? ends[0] : nil, most: Bool.random(using: &random) ? ends[1] : nil)
        case 4:
            let least = Int.random(in: 0...3, using: &random)
            return .string(
                least: least, most: Bool.random(using: &random) ? least + Int.random(in: 0...4, using: &random) : nil)
        case 5: return .letters(least: Int.random(in: 0...2, using: &random))
        case 6:
            let all: [PlainJSON] = [
                .null, .boolean(true), .number(1), .number(12), .string("a"), .string("ab"), .string("é"),
            ]
            return .listed(Array(all.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))))
        case 7, 8:
            let least = Int.random(in: 0...2, using: &random)
            return .array(
                draw(depth: depth - 1, using: &random), least: least,
                most: Bool.random(using: &random) ? least + Int.random(in: 0...3, using: &random) : nil)
        case 9:
            return .either(
                (0..<Int.random(in: 1...3, using: &random)).map { _ in draw(depth: depth - 1, using: &random) })
        default:
            let names = ["a", "ab", "abc", "b", "é", "long name"].shuffled(using: &random)
            return .object(
                names.prefix(Int.random(in: 0...4, using: &random)).map {
                    Property(
                        name: $0, schema: draw(depth: depth - 1, using: &random),
                        isRequired: Bool.random(using: &random))
                }, isOpen: Int.random(in: 0..<4, using: &random) == 0)
        }
    }

    /// A document that fits, in the canonical form, spaces drawn as well.
    func document(using random: inout some RandomNumberGenerator) -> String {
        switch self {
        case .null: return "null"
        case .boolean: return "\(Bool.random(using: &random))"
        case .number: return ["0", "-1", "3.25", "-0.5e3", "1E-2", "77"].randomElement(using: &random) ?? "0"
        case .integer(let least, let most):
            let low = least ?? (most ?? 0) - 5000
            return "\(Int.random(in: low...(most ?? low + 5000), using: &random))"
        case .string(let least, let most):
            return quoted(["a", "Z", " ", "é", "😀", "\\n", "\\u0041", "\\\""], least, most, using: &random)
        case .letters(let least): return quoted(["a", "b", "c"], least, nil, using: &random)
        case .listed(let values): return Self.written(values.randomElement(using: &random) ?? .null)
        case .array(let items, let least, let most):
            let count = Int.random(in: least...min(most ?? .max, least + 3), using: &random)
            let elements = (0..<count).map { _ in items.document(using: &random) }
            return "[" + elements.joined(separator: mark(",", using: &random)) + "]"
        case .object(let properties, let isOpen):
            var members: [String] = []
            for property in properties where property.isRequired || Bool.random(using: &random) {
                let value = property.schema.document(using: &random)
                members.append("\"\(property.name)\"\(mark(":", using: &random))\(value)")
            }
            if isOpen, Bool.random(using: &random) { members += [#""abcd":[1, {}]"#, #""":null"#] }
            return "{" + members.joined(separator: mark(",", using: &random)) + "}"
        case .either(let alternatives):
            return (alternatives.randomElement(using: &random) ?? .null).document(using: &random)
        }
    }

    private func quoted(
        _ characters: [String], _ least: Int, _ most: Int?, using random: inout some RandomNumberGenerator
    ) -> String {
        let count = Int.random(in: least...min(most ?? .max, least + 4), using: &random)
        return "\"" + (0..<count).map { _ in characters.randomElement(using: &random) ?? "a" }.joined() + "\""
    }

    private func mark(_ mark: String, using random: inout some RandomNumberGenerator) -> String {
        mark + (Bool.random(using: &random) ? " " : "")
    }
}
