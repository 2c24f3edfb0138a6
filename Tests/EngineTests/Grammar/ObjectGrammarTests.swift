import Engine
import Testing

@Suite struct ObjectGrammarTests {
    @Test func writesPropertiesInTheOrderDeclared() throws {
        let person = try GrammarReading(
            #"""
            {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"},
             "nick": {"type": "string"}}, "required": ["name"], "additionalProperties": false}
            """#)
        #expect(person.accepts(#"{"name":"Ada"}"#))
        #expect(person.accepts(#"{"name":"Ada","age":36}"#))
        #expect(person.accepts(#"{"name": "Ada", "nick": "A"}"#))
        #expect(person.accepts(#"{"name":"Ada","age":36,"nick":""}"#))
        #expect(!person.begins(#"{"a"#), "age is optional, name is not: nothing may stand before it")
        #expect(!person.begins(#"{"name":"Ada","nick":"","a"#))
        #expect(!person.begins("{}"))
        #expect(!person.begins(#"{"name":"Ada","x"#))
        #expect(!person.begins(#"{"name":"Ada",}"#))
        #expect(!person.begins(#"{,"#))
    }

    @Test func leavesOutAnyOptionalProperties() throws {
        let object = try GrammarReading(
            #"{"properties": {"a": {"type": "null"}, "b": {"type": "null"}, "c": {"type": "null"}}}"#)
        for names in [[], ["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]] {
            #expect(object.accepts("{" + names.map { "\"\($0)\":null" }.joined(separator: ",") + "}"), "\(names)")
        }
        #expect(!object.begins(#"{"b":null,"a"#))
        #expect(!object.begins(#"{"a":null,"a"#))
    }

    @Test func allowsOneSpaceBehindColonAndCommaAndNoOther() throws {
        let any = GrammarReading(Grammar.anyObject)
        #expect(any.accepts(#"{"a": 1, "b": [1, 2]}"#))
        for text in [#"{ "#, #"{"a" "#, #"{"a":  "#, #"{"a":1 "#, #"{"a":1,  "#, "{\n", #"{"a":[ "#, " {"] {
            #expect(!any.begins(text), "\(text)")
        }
    }

    @Test func writesAnyObjectAndNothingElse() {
        let any = GrammarReading(Grammar.anyObject)
        #expect(any.accepts("{}"))
        #expect(any.accepts(#"{"":{"x":[null,true,false,-1.5e+3,"\u00e9"]}}"#))
        for text in ["[", "\"", "1", "n", "t"] { #expect(!any.begins(text), "\(text)") }
        let state = WrittenText(Grammar.anyObject.start())
        #expect(!state.mayEnd)
        #expect(state.advance("{}".utf8))
        #expect(state.mayEnd && state.mustEnd)
        #expect(!state.advance(" ".utf8))
    }

    @Test func keepsOtherPropertiesToTheirSchemaAndOutOfDeclaredNames() throws {
        let object = try GrammarReading(
            #"""
            {"properties": {"id": {"type": "integer"}, "it": {"type": "integer"}}, "required": ["id"],
             "additionalProperties": {"type": "boolean"}}
            """#)
        #expect(object.accepts(#"{"id":1,"x":true,"i":false,"idd":true,"":true,"é":true}"#))
        #expect(object.accepts(#"{"id":1,"it":2,"other":true}"#))
        #expect(!object.begins(#"{"id":1,"x":1"#))
        #expect(!object.begins(#"{"id":1,"x":true,"id":"#), "the name is declared")
        #expect(!object.begins(#"{"id":1,"x":true,"it":"#), "the name is declared, and its turn is over")
        #expect(!object.begins(#"{"id":1,"\u0069"#), "a declared name could hide in escapes")
    }

    @Test func closesWhatDeclaresPropertiesAndOpensWhatDoesNot() throws {
        #expect(!(try GrammarReading(#"{"properties": {"a": true}}"#)).begins(#"{"b"#))
        #expect(try GrammarReading(#"{"properties": {"a": true}, "additionalProperties": true}"#).accepts(#"{"b":1}"#))
        #expect(try GrammarReading(#"{"type": "object"}"#).accepts(#"{"b":1}"#))
        #expect(try GrammarReading(#"{"type": "object", "required": ["b"]}"#).accepts(#"{"b":[]}"#))
        #expect(!(try GrammarReading(#"{"type": "object", "required": ["b"]}"#)).begins("{}"))
        #expect(!(try GrammarReading(#"{"type": "object", "additionalProperties": false}"#)).begins(#"{""#))
    }

    @Test func writesNamesAsThemselvesAndEscapesOnlyWhatMustBe() throws {
        let object = try GrammarReading(#"{"properties": {"é\"\\\n\u0001/": {"const": 1}}}"#)
        #expect(object.accepts(#"{"é\"\\\n\u0001/":1}"#))
        #expect(!object.begins(#"{"\u00e9"#))
    }

    @Test func mergesObjectsOfAllOf() throws {
        let merged = try GrammarReading(
            ##"""
            {"allOf": [{"$ref": "#/$defs/named"}, {"properties": {"age": {"type": "integer"}}, "required": ["age"]}],
             "description": "both", "$defs": {"named": {"type": "object", "properties": {"name": {"type": "string"}}}}}
            """##)
        #expect(merged.accepts(#"{"name":"Ada","age":3}"#))
        #expect(merged.accepts(#"{"age":3}"#))
        #expect(!merged.begins(#"{}"#))
        #expect(try GrammarReading(#"{"allOf": [{"type": "string"}]}"#).accepts(#""x""#))
    }
}
