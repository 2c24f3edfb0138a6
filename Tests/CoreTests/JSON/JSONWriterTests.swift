import Core
import Foundation
import Testing

struct JSONWriterTests {
    private enum Kind: String, Codable { case plain, fancy }

    private enum Choice: Codable, Equatable {
        case none
        case some(first: Int, second: String)
    }

    private struct Inner: Codable, Equatable {
        var firstText = "a \"b\"\n\u{1}é"
        var optional: Int?
        var isThere = true
        var numbers = [1.5, 2, -0.25]
        var nested = [[1], [], [2, 3]]
        var byName = ["x": 1]
        var big = UInt64.max
        var small = Int8.min
        var half: Float = 0.5
    }

    private struct Outer: Codable, Equatable {
        var id = 7
        var inner = Inner()
        var inners = [Inner(optional: 3), Inner()]
        var kind = Kind.fancy
        var choices = [Choice.none, .some(first: 1, second: "z")]
        var any = JSONValue.object(["a": .array([.null, .bool(false), .number(0.1)])])
        var nothing: [Int] = []
        var empty = Empty()
    }

    private struct Empty: Codable, Equatable {}

    @Test func anotherReaderReadsTheSameValue() throws {
        let bytes = try JSONWriter().bytes(of: Outer())
        #expect(try JSONDecoder().decode(Outer.self, from: Data(bytes)) == Outer())
        #expect(try JSONReader.read(bytes)["inner"]?["firstText"]?.text == Outer().inner.firstText)
    }

    @Test func itIsTheSameAsFoundationsButForTheOrder() throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let theirs = try JSONReader.read(Array(try encoder.encode(Outer())))
        #expect(try JSONReader.read(JSONWriter(.snakeCase).bytes(of: Outer())) == theirs)
    }

    @Test(arguments: ["aB", "someURL", "URLName", "x", "already_snake", "iD", "tokensPerSecond2", "ABC"])
    func namesAreBrokenUpAsFoundationDoes(_ name: String) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Dictionaries keep their names there, so a member is asked for by hand.
        struct Named: Encodable {
            struct Key: CodingKey {
                var stringValue: String
                var intValue: Int? { nil }
                init(stringValue: String) { self.stringValue = stringValue }
                init?(intValue: Int) { nil }
            }
            var name: String
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(1, forKey: Key(stringValue: name))
            }
        }
        let theirs = String(decoding: try encoder.encode(Named(name: name)), as: UTF8.self)
        #expect(try JSONWriter(.snakeCase).text(of: Named(name: name)) == theirs)
    }

    @Test func numbersThatJSONLacksAreTexts() throws {
        #expect(try JSONWriter().text(of: [1, .infinity, -.infinity, .nan] as [Double]) == #"[1,"inf","-inf","nan"]"#)
    }

    @Test func membersStandInTheOrderTheyAreTold() throws {
        struct Pair: Encodable {
            var zebra = 1
            var apple = 2
        }
        #expect(try JSONWriter().text(of: Pair()) == #"{"zebra":1,"apple":2}"#)
        #expect(try JSONWriter().text(of: Empty()) == "{}")
        #expect(try JSONWriter().text(of: "text") == #""text""#)
        #expect(try JSONWriter().text(of: Int?.none) == "null")
    }
}
