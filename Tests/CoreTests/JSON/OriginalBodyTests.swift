import Core
import Support
import Testing

struct OriginalBodyTests {
    private func body(_ text: String) throws -> OriginalBody {
        let bytes = Array(text.utf8)
        return OriginalBody(bytes, members: try JSONReader.readPlaces(bytes).members)
    }

    private func replacing(_ text: String, _ changes: [String: String?]) throws -> String {
        String(
            decoding: try body(text).replacing(changes.mapValues { $0.map { Array($0.utf8) } }), as: UTF8.self)
    }

    @Test func whatIsNotChangedStaysByteForByte() throws {
        let text = #"{"z" : 1.0e+0, "model":"a" ,"nested":{"model": "b", "x":[1, 2 ]},"ü":"\u00e9"}"#
        #expect(
            try replacing(text, ["model": #""c""#])
                == #"{"z" : 1.0e+0,"model":"c","nested":{"model": "b", "x":[1, 2 ]},"ü":"\u00e9"}"#)
    }

    @Test func membersAreAddedInNameOrderAndLeftOut() throws {
        #expect(try replacing(#"{"a":1,"b":2}"#, ["b": nil, "d": "4", "c": "3"]) == #"{"a":1,"c":3,"d":4}"#)
        #expect(try replacing("{ }", ["a": "1"]) == #"{"a":1}"#)
        #expect(try replacing(#"{"a":1}"#, ["a": nil]) == "{}")
        #expect(try replacing(#"{"a":1}"#, ["b": nil]) == #"{"a":1}"#)
    }

    @Test func ofTwoMembersWithOneNameTheLastIsMeant() throws {
        #expect(try replacing(#"{"a":1,"b":0,"a":2}"#, ["a": "3"]) == #"{"b":0,"a":3}"#)
        #expect(try body(#"{"a":1,"a":2}"#).value("a").map { Array($0) } == Array("2".utf8))
        #expect(try body(#"{"a":1}"#).value("b") == nil)
    }

    @Test func escapedNamesAreFound() throws {
        #expect(try replacing(#"{"mod\u0065l":1}"#, ["model": "2"]) == #"{"mod\u0065l":2}"#)
    }

    /// Law: reading what was written gives the old members with the changes made.
    @Test func changesAreAllThatChanges() throws {
        var random = TestRandom(seed: 11)
        for _ in 0..<500 {
            let names = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                ["a", "b", "c \"quoted\"", "ü", ""].randomElement(using: &random) ?? ""
            }
            let text = "{" + names.map { "\(JSONText.quoted($0)): \(Int.random(in: 0...99, using: &random))" }
                .joined(separator: " , ") + "}"
            var expected = try #require(JSONReader.read(Array(text.utf8)).members)
            var changes: [String: String?] = [:]
            for name in ["a", "ü", "new"] where Bool.random(using: &random) {
                let isRemoved = Bool.random(using: &random)
                changes[name] = .some(isRemoved ? nil : "[7]")
                expected[name] = isRemoved ? nil : .array([.integer(7)])
            }
            #expect(try JSONReader.read(Array(replacing(text, changes).utf8)) == .object(expected), "\(text)")
        }
    }
}
