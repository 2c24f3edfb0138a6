import Engine
import Testing

@Suite struct ArrayGrammarTests {
    @Test func countsItems() throws {
        for (least, most) in [(0, 0), (0, 2), (1, 1), (2, 4), (3, 3)] {
            let array = try GrammarReading(
                #"{"type": "array", "items": {"const": 7}, "minItems": \#(least), "maxItems": \#(most)}"#)
            for count in 0...5 {
                let text = "[" + Array(repeating: "7", count: count).joined(separator: ",") + "]"
                #expect(array.accepts(text) == (least...most).contains(count), "\(least)...\(most): \(text)")
            }
        }
    }

    @Test func hasNoMostWithoutMaxItems() throws {
        let array = try GrammarReading(#"{"type": "array", "items": {"type": "boolean"}, "minItems": 2}"#)
        #expect(!array.begins("[]"))
        #expect(!array.begins("[true]"))
        #expect(array.accepts("[true,false]"))
        #expect(array.accepts("[" + Array(repeating: "true", count: 500).joined(separator: ", ") + "]"))
        #expect(!array.begins("[true,]"))
        #expect(!array.begins("[,"))
    }

    @Test func givesTheFirstItemsTheirOwnSchemas() throws {
        let pair = #""prefixItems": [{"type": "string"}, {"type": "integer"}]"#
        let closed = try GrammarReading("{\(pair)}")
        for text in [#"["a",1]"#, #"["a"]"#, "[]"] { #expect(closed.accepts(text), "\(text)") }
        #expect(!closed.begins(#"["a",1,"#))
        #expect(!closed.begins("[1"))
        let open = try GrammarReading(#"{\#(pair), "items": {"type": "null"}, "minItems": 2}"#)
        #expect(open.accepts(#"["a",1]"#))
        #expect(open.accepts(#"["a",1,null,null]"#))
        #expect(!open.begins(#"["a"]"#))
        #expect(!open.begins(#"["a",1,2"#))
        #expect(!(try GrammarReading(#"{\#(pair), "items": false, "minItems": 2}"#)).begins(#"["a",1,"#))
    }

    @Test func nestsAsDeepAsTheBoundAndNoDeeper() throws {
        let any = try GrammarReading("true")
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(any.accepts(deepest))
        #expect(!any.begins(String(repeating: "[", count: 65)))
        // An object around every array: 32 levels of each.
        let mixed = String(repeating: #"{"a":["#, count: 32)
        #expect(any.begins(mixed))
        #expect(!any.begins(mixed + "{"))
    }

    /// Each level needs one more inside: at depth 63 an array may open whose only item is the string, and no other.
    @Test func leavesRoomForWhatMustFollow() throws {
        let nest = try GrammarReading(
            ##"{"type": "array", "minItems": 1, "items": {"anyOf": [{"$ref": "#"}, {"type": "array", "items": false}]}}"##
        )
        // Level 63 is the last that may hold another: what it must hold needs level 64.
        #expect(nest.accepts(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)))
        let state = WrittenText(nest.grammar.start())
        #expect(state.advance(String(repeating: "[", count: 64).utf8))
        #expect(!state.advance("[".utf8))
        #expect(state.advance("]".utf8), "the 64th is the one that holds nothing")
    }
}
