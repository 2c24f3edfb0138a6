import Core
import Foundation
import HTTPTypes
import Support
import Testing

/// The reader is tested as clients meet it: what a chat's body holds beside the known members is handed on as it was
/// read.
struct JSONReaderTests {
    /// The value that `json` was read as.
    private func read(_ json: String) async throws -> JSONValue? {
        let door = FrontDoor()
        let reply = try await door.chat(Samples.chat(#""x": \#(json)"#))
        #expect(reply.status == 200, "\(json): \(reply.body)")
        return door.service.asked.first?.question.extra["x"]
    }

    /// Why a body is no JSON.
    private func slip(_ body: [UInt8]) async throws -> String? {
        let door = FrontDoor()
        let reply = try await door.send(.post, "/v1/chat/completions", body: body)
        let refusal = reply.refusal
        #expect(reply.status == 400 && refusal?.code == "invalid_json" && refusal?.param == nil)
        #expect(door.service.asked.isEmpty)
        return refusal?.message
    }

    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)), ("0", .integer(0)), ("-0", .integer(0)),
            ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)), ("0.5", .number(0.5)),
            ("1e2", .number(100)), ("1E+2", .number(100)), ("25e-1", .number(2.5)), ("-0.0", .number(0)),
            ("1e-400", .number(0)), ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
            ("123456789012345678901234567890", .number(123456789012345678901234567890)),
            ("0.1", .number(0.1)), ("5e-324", .number(.leastNonzeroMagnitude)),
            (String(repeating: "9", count: 300), .number(1e300)),
        ] as [(String, JSONValue)])
    func readsWordsAndNumbers(_ json: String, as value: JSONValue) async throws {
        #expect(try await read(json) == value)
    }

    @Test(
        arguments: [
            ("-9223372036854775808", .min), ("-9223372036854775809", nil), ("9223372036854775808", nil), ("3.0", 3),
            ("3.5", nil),
        ] as [(String, Int?)])
    func aWholeNumberFitsIn64Bits(_ json: String, _ whole: Int?) async throws {
        #expect(try await read(json)?.whole == whole)
    }

    @Test(arguments: [
        (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9""#, "Aé"),
        (#""\u00E9\u20aC""#, "é€"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00!""#, "😀!"),
        (#""\u0000""#, "\u{0}"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00""#, "\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"),
        (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""日本語 🧮""#, "日本語 🧮"), ("\"\u{7F}\u{2028}\u{FEFF}\"", "\u{7F}\u{2028}\u{FEFF}"),
        (#""e\u0301""#, "e\u{301}"), (#""\\u0041""#, "\\u0041"),
    ])
    func readsStrings(_ json: String, as text: String) async throws {
        let read = try await read(json)?.text
        #expect(read.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test(
        arguments: [
            ("[]", .array([])), ("{}", .object([:])), ("[ ]", .array([])), ("{ }", .object([:])),
            (" [ 1 , [ ] ,\t{\"a\"\r\n: null } ] ", .array([.integer(1), .array([]), .object(["a": .null])])),
            (#"{"": 1, "a b": 2}"#, .object(["": .integer(1), "a b": .integer(2)])),
            (#"{"a": 1, "a": 2}"#, .object(["a": .integer(2)])),
        ] as [(String, JSONValue)])
    func readsArraysAndObjects(_ json: String, as value: JSONValue) async throws {
        #expect(try await read(json) == value)
    }

    @Test(arguments: [
        ("   ", 1, 4, "it ends where a value is expected"), ("{", 1, 2, "a name in double quotes is expected"),
        ("{a: 1}", 1, 2, "a name in double quotes is expected"),
        ("{'a': 1}", 1, 2, "a name in double quotes is expected"),
        (#"{"a" 1}"#, 1, 6, #"a colon is expected after "a""#), (#"{"a":}"#, 1, 6, "a value is expected"),
        (#"{"a":1,}"#, 1, 8, "a name in double quotes is expected"),
        (#"{"a":1 "b":2}"#, 1, 8, "a comma or } is expected"), (#"{"a":1"#, 1, 7, "a comma or } is expected"),
        (#"{"a":1]"#, 1, 7, "a comma or } is expected"), ("[1,]", 1, 4, "a value is expected"),
        ("[1,,2]", 1, 4, "a value is expected"), ("[1", 1, 3, "a comma or ] is expected"),
        ("[1 2]", 1, 4, "a comma or ] is expected"), ("[", 1, 2, "it ends where a value is expected"),
        (#""abc"#, 1, 5, "a string does not end"), (#""abc\"#, 1, 6, "a string does not end"),
        (#"{"a": 1, "b"#, 1, 12, "a string does not end"),
        ("\"a\nb\"", 1, 3, "a control character in a string must be escaped"),
        ("\"a\u{0}b\"", 1, 3, "a control character in a string must be escaped"),
        (#""\x""#, 1, 4, "there is no such escape in JSON"),
        (#""\u12G4""#, 1, 6, "four hexadecimal digits are expected after \\u"),
        (#""\u12"#, 1, 6, "four hexadecimal digits are expected after \\u"),
        (#""\ud83d\u12""#, 1, 12, "four hexadecimal digits are expected after \\u"),
        ("01", 1, 3, "this is no number"), ("-", 1, 2, "this is no number"), ("-01", 1, 4, "this is no number"),
        ("-a", 1, 2, "this is no number"), ("+1", 1, 1, "a value is expected"), (".5", 1, 1, "a value is expected"),
        ("1.", 1, 3, "a digit is expected after the point"), ("1.e5", 1, 3, "a digit is expected after the point"),
        ("1e", 1, 3, "a digit is expected in the exponent"), ("1e+", 1, 4, "a digit is expected in the exponent"),
        ("1e400", 1, 6, "the number is too large"), ("-1e400", 1, 7, "the number is too large"),
        ("0x10", 1, 2, "there is something after the end"), ("1_000", 1, 2, "there is something after the end"),
        ("NaN", 1, 1, "a value is expected"), ("Infinity", 1, 1, "a value is expected"),
        ("tru", 1, 1, "a value is expected"), ("True", 1, 1, "a value is expected"),
        ("nulls", 1, 5, "there is something after the end"), ("{} {}", 1, 4, "there is something after the end"),
        ("\u{FEFF}{}", 1, 1, "a value is expected"), ("/* no */ {}", 1, 1, "a value is expected"),
        ("{}\u{0}", 1, 3, "there is something after the end"),
        ("{\n  \"a\": 1,\n  b: 2\n}", 3, 3, "a name in double quotes is expected"),
        ("{\r\n\"é\": x}", 2, 7, "a value is expected"),
    ])
    func aSlipIsToldWithItsPlace(_ body: String, line: Int, column: Int, what: String) async throws {
        #expect(
            try await slip(Array(body.utf8))
                == "The body is not JSON: line \(line), column \(column): \(what).")
    }

    @Test func anEmptyBodyIsToldAsOne() async throws {
        #expect(try await slip([]) == "The body is empty. A JSON object is expected.")
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x82, 0x82, 0xAC],
            [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3, 0x28],
        ] as [[UInt8]])
    func textThatIsNotUTF8IsRefused(_ bytes: [UInt8]) async throws {
        let name = Array(#"{"x": "a"#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(
            try await slip(name) == "The body is not JSON: line 1, column \(9 + bytes.count): "
                + "a string is not valid UTF-8.")
        #expect(try await slip(Array(#"{""#.utf8) + bytes + Array(#"": 1}"#.utf8))?.contains("UTF-8") == true)
        #expect(try await slip(bytes) == "The body is not JSON: line 1, column 1: a value is expected.")
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func nestingIsBounded(_ open: String, close: String) async throws {
        func nested(_ depth: Int, _ core: String) -> String {
            String(repeating: open, count: depth) + core + String(repeating: close, count: depth)
        }
        // The body itself is one level.
        _ = try await read(nested(63, "1"))
        _ = try await read(nested(62, "[]"))
        for hostile in [nested(64, "1"), nested(63, "[]"), nested(63, "{}"), String(repeating: open, count: 200_000)] {
            let message = try await slip(Array(Samples.chat(#""x": \#(hostile)"#).utf8))
            #expect(message?.hasSuffix(": it is nested more than 64 deep.") == true)
        }
    }

    @Test func theNumberOfValuesIsBounded() async throws {
        let many = "[" + String(repeating: "0,", count: 1_000_000) + "0]"
        #expect(try await slip(Array(many.utf8))?.hasSuffix(": there are more than 1000000 values.") == true)
    }

    @Test func theLengthOfANumberIsBounded() async throws {
        let long = "0." + String(repeating: "1", count: 100_000)
        #expect(try await slip(Array(long.utf8))?.hasSuffix(": a number has more than 400 digits.") == true)
    }

    @Test func aLongNameIsNotRepeated() async throws {
        let message = try await slip(Array(("{\"" + String(repeating: "n", count: 9000) + "\" 1}").utf8))
        #expect((message?.utf8.count ?? 0) < 200)
    }

    /// Law: what another writer wrote is read as it was meant.
    @Test func readsWhatAnotherWriterWrote() async throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<40 {
            let value = Self.value(depth: 0, &random)
            let json = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
            #expect(try await read(json) == value, "\(json)")
        }
    }

    /// Law: whatever the bytes, a body is read or refused with its place.
    @Test func noBytesAreTooHostile() async throws {
        var random = SeededRandom(seed: 4)
        let whole = Array(Samples.chat(#""x": [1.5e3, "a\u00e9é", {"b": [true, null]}]"#).utf8)
        for _ in 0..<400 {
            var body = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<body.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: body[place] = UInt8.random(in: 0...255, using: &random)
                case 1: body.remove(at: place)
                default: body.insert(Array("{}[]\",:\\u0-eE.\u{0}".utf8).randomElement(using: &random) ?? 0, at: place)
                }
            }
            let reply = try await FrontDoor().send(.post, "/v1/chat/completions", body: body)
            #expect(reply.status == 200 || (reply.status == 400 && reply.refusal != nil), "\(reply.body)")
        }
    }

    private static func value(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int.random(in: Int.min...Int.max, using: &random))
        case 3: return .number(Double.random(in: -1e6...1e6, using: &random) + 1.0 / 3)
        case 4, 5: return .string(text(&random))
        case 6:
            return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth: depth + 1, &random) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                members[text(&random)] = value(depth: depth + 1, &random)
            }
            return .object(members)
        }
    }

    private static func text(_ random: inout SeededRandom) -> String {
        let letters = Array("ab\"\\/\n\u{1}é日🧮 ")
        let count = Int.random(in: 0..<8, using: &random)
        return String((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" })
    }
}
