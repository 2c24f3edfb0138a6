import Core
import Settings
import Testing

/// Experts that are added by command: one entry of `experts:` by itself.
struct ExpertDefinitionTests {
    private func read(
        _ definition: String, id: ExpertID = "math", environment: [String: String] = [:]
    ) -> (spec: ExpertSpec?, sentences: [String]) {
        let (spec, problems) = SettingsFile.expert(id, definition: definition, environment: environment)
        return (spec, problems.map(\.sentence))
    }

    @Test func readsJSONAsWellAsYAML() {
        let card = ExpertCard(id: "math", kind: .openai, model: "m")
        let expected = ExpertSpec(
            card: card, baseURL: "https://example.org/v1", key: Secret(variable: "K", value: "key"))
        for definition in [
            "{\"base_url\": \"https://example.org/v1\", \"model\": \"m\", \"api_key\": \"${env.K}\"}",
            "base_url: https://example.org/v1\nmodel: m\napi_key: ${env.K}\n",
        ] {
            let (spec, sentences) = read(definition, environment: ["K": "key"])
            #expect(sentences.isEmpty)
            #expect(spec == expected)
        }
    }

    @Test func readsTheSameAsTheFileDoes() {
        let definition = "{kind: scripted, script: {knows: {\"*\": 0.5}, delay: 5ms}, price: {input: 1}}"
        #expect([read(definition).spec] == Reading("experts: {math: \(definition)}").settings.experts)
    }

    @Test(arguments: [
        (
            "{}",
            [
                "expert math:1:1: base_url is missing. Say where its API begins: base_url: http://127.0.0.1:9001/v1.",
                "expert math:1:1: model is missing. Say what its server calls it: model: …",
            ]
        ),
        ("", ["expert math: the file is empty. Write {base_url: …, model: …}."]),
        ("~", ["expert math:1:1: the expert is not described. Write {base_url: …, model: …}."]),
        (
            "{kind: local, modle: m}",
            [
                "expert math:1:15: modle: there is no such setting. Did you mean model?",
                "expert math:1:1: model is missing. Name a GGUF file: model: models/….gguf.",
            ]
        ),
        (
            "{kind: ollama, model: m, api_key: my-own-key}",
            [
                "expert math:1:35: api_key: a key stands in the file. Keys are read from the environment, so "
                    + "that they are "
                    + "never in a file. Set a variable and write \"${env.MATH_KEY}\"; leave it out if no key is needed."
            ]
        ),
        (
            "{kind: ollama",
            [
                "expert math:2:1: this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping)."
            ]
        ),
    ])
    func saysWhatIsWrongWithADefinition(definition: String, sentences: [String]) {
        #expect(read(definition).sentences == sentences)
    }

    @Test func anIDThatIsNoNameIsRefused() {
        let rule = "Use up to 64 lower-case letters, digits, - _ and ."
        for id: ExpertID in ["", "A", "a b", "a/b", "ä", ExpertID(String(repeating: "a", count: 65))] {
            let (spec, sentences) = read("{kind: scripted}", id: id)
            #expect(spec == nil)
            #expect(sentences.count == 1)
            #expect(sentences.first?.hasSuffix(" is not a name. \(rule)") == true)
        }
    }

    @Test func aVariableThatIsNotSetLeavesTheExpertWithoutItsKey() {
        let (spec, sentences) = read("{kind: anthropic, model: m, api_key: \"${env.K}\"}")
        #expect(sentences == ["expert math:1:38: api_key: the environment variable K is not set. Set it: export K=…"])
        #expect(spec?.key == nil)
    }
}
