import Engine
import Testing

@Suite struct GrammarRefusalTests {
    @Test(arguments: [
        (
            #"{"type": "object", "properties": {"a/b": {"minLenght": 2}}}"#,
            #"JSON schema, #/properties/a~1b: there is no keyword "minLenght". Did you mean minLength? Supported are type, "#
                + "properties, required, additionalProperties, items, prefixItems, minItems, maxItems, minLength, "
                + "maxLength, pattern, format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, enum, const, anyOf, "
                + "oneOf, allOf, $ref, $defs, definitions, and annotations such as title."
        ),
        (
            #"{"type": "array", "uniqueItems": true}"#,
            "JSON schema, #: the keyword uniqueItems is not supported. Leave it out and check the answer."
        ),
        (
            #"{"type": "strin"}"#,
            #"JSON schema, #: found the text "strin" for type, expected one or more of null, boolean, integer, number, "#
                + "string, array, object."
        ),
        (
            #"{"properties": {"a\nb": {"type": "string", "minLength": -1}}}"#,
            #"JSON schema, #/properties/a\nb: found the number -1 for minLength, expected a whole number from 0."#
        ),
        (
            #"{"type": "string", "format": "uri"}"#,
            #"JSON schema, #: found the text "uri" for format, expected one of date, time, date-time, uuid, email, ipv4; "#
                + "write others as a pattern."
        ),
        (
            #"{"type": "string", "pattern": "a", "maxLength": 3}"#,
            "JSON schema, #: pattern and maxLength are not supported in one schema. "
                + "Write a length into the pattern, such as ^[a-z]{2,8}$."
        ),
        (
            #"{"type": "string", "pattern": "^(a"}"#,
            #"JSON schema, #: the pattern "^(a", character 3: a group does not end."#
        ),
        (
            #"{"type": "number", "minimum": 0.5}"#,
            "JSON schema, #: found the number 0.5 for minimum, expected a whole number up to 10^18, "
                + "or the type integer beside it."
        ),
        (
            #"{"type": "integer", "minimum": 5, "maximum": 4}"#,
            "JSON schema, #: found 4 for the largest number, expected at least the least, 5."
        ),
        (
            ##"{"items": {"$ref": "#/$defs/Nobody"}}"##,
            ##"JSON schema, #/items: found the reference "#/$defs/Nobody", which leads to no part of this schema, "##
                + "expected one such as #/$defs/Name."
        ),
        (
            ##"{"anyOf": [{"type": "null"}, {"$ref": "#"}]}"##,
            "JSON schema, #: the schema refers to itself without an array or object in between, so it describes nothing. "
                + "Take it out of its own alternatives."
        ),
        (
            ##"{"properties": {"a": {"$ref": "#"}}, "required": ["a"]}"##,
            "JSON schema, #: no document with at most 64 nested arrays and objects fits. "
                + "Look for a contradiction, or for a schema that requires itself."
        ),
        (
            #"{"anyOf": [true], "properties": {}}"#,
            "JSON schema, #: anyOf and properties are not supported in one schema. "
                + "Put the other keywords into each alternative."
        ),
        (
            #"{"allOf": [{"minLength": 1}, {"maxLength": 2}]}"#,
            "JSON schema, #/allOf/0: allOf and minLength are not supported in one schema. "
                + "Only objects can be merged: describe anything else in one schema."
        ),
        (
            #"{"allOf": [{"properties": {"a": true}, "additionalProperties": false}, {"properties": {"b": true}}]}"#,
            #"JSON schema, #/allOf/0: found false for additionalProperties, expected true, as another part of allOf "#
                + #"declares "b"."#
        ),
        (
            #"{"additionalProperties": false, "required": ["x"]}"#,
            #"JSON schema, #: found "x" for required, expected names that properties declares, as additionalProperties "#
                + "is false."
        ),
        (
            "{\"type\":\n \"string\",}",
            "JSON schema, #: this is not JSON: a name in double quotes is expected (line 2, column 11). Correct the schema."
        ),
        ("[]", "JSON schema, #: found an array of 0, expected a schema: an object, true or false."),
        (
            #"{"type": "string", "maxLength": 1000000}"#,
            "JSON schema, #: the grammar of this schema needs more than 65536 nodes. "
                + "Use lower counts (maxLength, maxItems, quantifiers) or fewer alternatives."
        ),
        (
            #"{"type": "string", "pattern": "^(a?){2000}$"}"#,
            "JSON schema, #: more than 2048 alternatives are open at one place. "
                + "Use fewer optional properties or alternatives."
        ),
    ])
    func saysWhatWhereExpectedAndNext(schema: String, wording: String) throws {
        #expect(try #require(GrammarReading.refusal(of: schema)).description == wording)
    }

    @Test func refusesTextThatIsTooLong() throws {
        let refusal = try #require(GrammarReading.refusal(of: String(repeating: " ", count: 262_145)))
        #expect(refusal.reason == .tooLong(found: 262_145, most: 262_144))
    }

    /// Each of these would take time or memory that doubles with its length, if it were followed.
    @Test func refusesOrBoundsHostileSchemas() throws {
        let nested = String(repeating: #"{"items":"#, count: 2_000)
        #expect(GrammarReading.refusal(of: nested) != nil)
        let product = String(repeating: "(", count: 20) + "a" + String(repeating: "{9}){9}", count: 20)
        #expect(GrammarReading.refusal(of: #"{"type":"string","pattern":"\#(product)"}"#) != nil)
        let merged = (0..<40).map {
            ##""d\##($0)":{"allOf":[{"$ref":"#/$defs/d\##($0 + 1)"},{"$ref":"#/$defs/d\##($0 + 1)"}]}"##
        }
        let doubling = ##"{"$ref":"#/$defs/d0","$defs":{\##(merged.joined(separator: ",")),"d40":{"type":"object"}}}"##
        #expect(GrammarReading.refusal(of: doubling)?.reason == .tooManyChoices(most: 256))
        // Two readings of each bracket: the places are bounded, and some document still ends.
        let doubt = try GrammarReading(
            ##"""
            {"anyOf": [{"type": "array", "items": {"$ref": "#"}}, {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
             {"type": "null"}]}
            """##)
        #expect(doubt.accepts(String(repeating: "[", count: 30) + "null" + String(repeating: "]", count: 30)))
    }
}
