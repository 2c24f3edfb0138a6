import Engine
import Foundation

/// Reads JSON with the order of its members kept, which templates show and `JSONDecoder` forgets.
struct OrderedJSON {
    struct Broken: Error {}

    private let bytes: [UInt8]
    private var position = 0

    static func value(in bytes: [UInt8]) throws -> TemplateValue {
        var reader = OrderedJSON(bytes: bytes)
        return try reader.value()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value() throws -> TemplateValue {
        switch try next() {
        case UInt8(ascii: "{"):
            var members = TemplateMembers()
            try separated(until: "}") { reader in
                guard case .text(let name) = try reader.value(), try reader.next() == UInt8(ascii: ":") else {
                    throw Broken()
                }
                reader.position += 1
                members.append(name, try reader.value())
            }
            return .mapping(members)
        case UInt8(ascii: "["):
            var values: [TemplateValue] = []
            try separated(until: "]") { values.append(try $0.value()) }
            return .list(values)
        case UInt8(ascii: "\""):
            let start = position
            position += 1
            while try next() != UInt8(ascii: "\"") { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
            position += 1
            return .text(try JSONDecoder().decode(String.self, from: Data(bytes[start..<position])))
        default:
            let word = String(decoding: bytes[position...].prefix { !",]} \n\r\t".utf8.contains($0) }, as: UTF8.self)
            position += word.utf8.count
            switch word {
            case "true": return true
            case "false": return false
            case "null": return .none
            default:
                if let whole = Int(word) { return .integer(whole) }
                guard let number = Double(word) else { throw Broken() }
                return .number(number)
            }
        }
    }

    /// The next byte that is no white space, where the position then is.
    private mutating func next() throws -> UInt8 {
        while position < bytes.count, " \n\r\t".utf8.contains(bytes[position]) { position += 1 }
        guard position < bytes.count else { throw Broken() }
        return bytes[position]
    }

    private mutating func separated(until end: Unicode.Scalar, _ item: (inout OrderedJSON) throws -> Void) throws {
        repeat {
            position += 1
            if try next() == UInt8(ascii: end) { break }
            try item(&self)
        } while try next() == UInt8(ascii: ",")
        guard try next() == UInt8(ascii: end) else { throw Broken() }
        position += 1
    }
}

extension TemplateValue {
    subscript(name: String) -> TemplateValue? {
        guard case .mapping(let members) = self else { return nil }
        return members.members.last { $0.name == name }?.value
    }

    var elements: [TemplateValue] {
        guard case .list(let values) = self else { return [] }
        return values
    }

    var members: [(name: String, value: TemplateValue)] {
        guard case .mapping(let members) = self else { return [] }
        return members.members
    }

    var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var isTrue: Bool {
        guard case .boolean(true) = self else { return false }
        return true
    }
}
