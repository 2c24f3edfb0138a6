import Engine
import Testing

@Suite struct CombinedGrammarTests {
    @Test func writesListedValuesAndNoOthers() throws {
        let listed = try GrammarReading(
            #"{"enum": ["red", "re", "\"é\n", 1, 12, -1.50, true, null, {"a": [1, "x"], "b": {}}, []]}"#)
        for text in [
            #""red""#, #""re""#, #""\"é\n""#, "1", "12", "-1.50", "true", "null", "[]", #"{"a":[1,"x"],"b":{}}"#,
            #"{"a": [1, "x"], "b": {}}"#,
        ] {
            #expect(listed.accepts(text), "\(text)")
        }
        for text in [#""r""#, "\"green", "2", "123", "-1.5,", "f", #"{"b"#, "[1", "\"red "] {
            #expect(!listed.begins(text), "\(text)")
        }
    }

    @Test func keepsListedValuesOfTheTypeThatIsGiven() throws {
        let listed = try GrammarReading(#"{"type": ["integer", "string"], "enum": ["a", 1, 2.5, 3.0, null, true]}"#)
        for text in [#""a""#, "1", "3.0"] { #expect(listed.accepts(text), "\(text)") }
        for text in ["2", "n", "t"] { #expect(!listed.begins(text), "\(text)") }
        #expect(try GrammarReading(#"{"const": {"a": null}}"#).accepts(#"{"a":null}"#))
    }

    @Test func writesAnyOfSeveralTypes() throws {
        let several = try GrammarReading(#"{"type": ["string", "null"], "maxLength": 1}"#)
        #expect(several.accepts("null"))
        #expect(several.accepts(#""x""#))
        #expect(!several.begins(#""xy"#))
        #expect(!several.begins("1"))
    }

    @Test(arguments: ["anyOf", "oneOf"])
    func followsAlternativesUntilOneIsLeft(keyword: String) throws {
        let alternatives = try GrammarReading(
            #"""
            {"\#(keyword)": [{"properties": {"kind": {"const": "a"}, "x": {"type": "integer"}}, "required": ["kind", "x"]},
             {"properties": {"kind": {"enum": ["b", "ab"]}, "y": {"type": "null"}}, "required": ["kind", "y"]}]}
            """#)
        #expect(alternatives.accepts(#"{"kind":"a","x":1}"#))
        #expect(alternatives.accepts(#"{"kind":"b","y":null}"#))
        #expect(alternatives.accepts(#"{"kind":"ab","y":null}"#))
        #expect(!alternatives.begins(#"{"kind":"a","y"#))
        #expect(!alternatives.begins(#"{"kind":"b","x"#))
    }

    @Test func followsReferencesIntoThemselves() throws {
        let tree = try GrammarReading(
            ##"""
            {"$ref": "#/definitions/a~1b%20c", "definitions": {"a/b c": {"type": "object", "properties":
             {"value": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/definitions/a~1b c"}}},
             "required": ["value", "children"], "additionalProperties": false}}}
            """##)
        #expect(tree.accepts(#"{"value":1,"children":[{"value":2,"children":[]},{"value":3,"children":[]}]}"#))
        #expect(!tree.begins(#"{"value":1,"children":[{"value":2}"#))
        let list = try GrammarReading(
            ##"{"properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}}, "required": ["next"]}"##)
        #expect(list.accepts(#"{"next":{"next":{"next":null}}}"#))
        #expect(!list.begins(#"{"next":{}"#))
    }

    @Test func writesAnyValueWhereNothingIsAsked() throws {
        for schema in [
            "true", "{}", #"{"title": "T", "description": "d", "default": 1, "examples": [], "x-order": 1}"#,
        ] {
            let any = try GrammarReading(schema)
            for text in ["1", "\"a\"", "null", "true", "[1,[]]", "{\"a\":{}}"] { #expect(any.accepts(text), "\(text)") }
        }
    }

    @Test func aStateIsAValueAndARefusedTextLeavesItAsItWas() throws {
        let state = try WrittenText(Grammar(jsonSchema: #"{"enum": ["ab", "ac"]}"#).start())
        #expect(state.advance("\"a".utf8))
        #expect(!state.advance("bx".utf8))
        let copy = state.copy()
        #expect(copy.advance("c\"".utf8))
        #expect(copy.mayEnd && copy.mustEnd)
        #expect(!state.mayEnd && !state.mustEnd)
        #expect(state.advance("b\"".utf8))
        #expect(state.mayEnd)
    }

    @Test func aNumberMayEndAndMayGoOn() throws {
        let state = try WrittenText(Grammar(jsonSchema: #"{"type": "integer"}"#).start())
        #expect(state.advance("12".utf8))
        #expect(state.mayEnd && !state.mustEnd)
    }
}
