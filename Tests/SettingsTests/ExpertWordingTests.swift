import Settings
import Testing

/// Holds what is said about experts and the embedder.
struct ExpertWordingTests {
    @Test func anExpertWithoutAddressOrModelIsToldWhatIsMissing() {
        expectSentences(
            "experts:\n  a: {kind: openai}\n",
            "config.yaml:2:6: experts.a: base_url is missing. Say where its API begins: base_url: "
                + "http://127.0.0.1:9001/v1.",
            "config.yaml:2:6: experts.a: model is missing. Say what its server calls it: model: …")
        expectSentences(
            "experts:\n  a: {kind: local}\n",
            "config.yaml:2:6: experts.a: model is missing. Name a GGUF file: model: models/….gguf.")
        expectSentences(
            "experts:\n  a:\n",
            "config.yaml:2:5: experts.a: the expert is not described. Write {base_url: …, model: …}.")
        expectSentences(
            "experts: {A B: {}}",
            "config.yaml:1:11: experts.…: \"A B\" is not a name. Use up to 64 lower-case letters, digits, - _ and .")
        expectSentences(
            "experts: [a]",
            "config.yaml:1:10: experts: a group of named entries belongs here, not a list. Write name: {…}, not "
                + "- name: …"
        )
    }

    @Test func anExpertHasOnlyWhatItsKindKnows() {
        expectSentences(
            "experts: {a: {kind: scripted, base_url: \"http://h/v1\"}}",
            "config.yaml:1:41: experts.a.base_url: an expert of kind scripted has no base_url. "
                + "Nothing is connected to: leave it out.")
        expectSentences(
            "experts: {a: {script: {}, \(Reading.usable)}}",
            "config.yaml:1:23: experts.a.script: an expert of kind openai has no script. "
                + "Write kind: scripted, or leave it out.")
        expectSentences(
            "experts: {a: {context: 100, max_output: 100, \(Reading.usable)}}",
            "config.yaml:1:41: experts.a.max_output: 100 tokens leave no room for a question in a context of 100. "
                + "Write less than the context.")
        expectSentences(
            "experts: {a: {limits: {timeout: 1s}, clocks: {total: 2s}, \(Reading.usable)}}",
            "config.yaml:1:33: experts.a.limits.timeout: timeout and clocks.total are the same clock. Keep "
                + "clocks.total."
        )
    }

    @Test func anAddressThatIsNoneIsRefused() {
        for (address, found) in [
            ("h/v1", "the address does not begin with http:// or https://. Write it as http://127.0.0.1:9001/v1."),
            (
                "http://u:p@h/v1",
                "the address holds a user or a password. Take them out; keys go to api_key: \"${env.NAME}\"."
            ),
            (
                "http://h/v1?a=1",
                "the address holds more than a path. Take out what follows ? or #; keys go to api_key: \"${env.NAME}\"."
            ),
            (
                "http://h h/v1",
                "the address holds spaces or other signs that no address has. Write it as http://127.0.0.1:9001/v1."
            ),
            (
                "http://:1/v1",
                "\"http://:1/v1\" has no host, or no port from 1 to 65535 after the colon. "
                    + "Write it as http://127.0.0.1:9001/v1."
            ),
        ] {
            expectSentences(
                "experts: {a: {model: m, base_url: \"\(address)\"}}", "config.yaml:1:35: experts.a.base_url: \(found)")
        }
    }

    @Test func theBuiltInEmbedderTakesNothing() {
        for kind in ["", "kind: hashed, "] {
            expectSentences(
                "embedder: {\(kind)model: m}",
                "config.yaml:1:\(19 + kind.count): embedder.model: the built-in embedder needs no model. "
                    + "Write kind: openai, or leave it out.")
        }
        expectSentences(
            "embedder: {kind: openai, api_key: abc}",
            "config.yaml:1:11: embedder: base_url is missing. Say where its API begins: base_url: "
                + "http://127.0.0.1:9001/v1.",
            "config.yaml:1:11: embedder: model is missing. Say what its server calls it: model: …",
            "config.yaml:1:35: embedder.api_key: a key stands in the file. Keys are read from the environment, so that "
                + "they are never in a file. Set a variable and write \"${env.EMBEDDER_KEY}\"; leave it out if "
                + "no key is needed."
        )
    }

    @Test func anEmbedderInThisProcessTakesAModelAlone() {
        expectSentences(
            "embedder: {kind: local}",
            "config.yaml:1:11: embedder: model is missing. Name a folder, or a model that muster model pull knows: "
                + "model: all-minilm-l6-v2.")
        expectSentences(
            "embedder: {kind: local, model: m, base_url: \"http://127.0.0.1:9001/v1\"}",
            "config.yaml:1:45: embedder.base_url: an embedder in this process needs no base_url. "
                + "Write kind: openai, or leave it out.")
    }

    @Test func aMishapIsExactlyOneThing() {
        for (mishap, found) in [
            ("{when: a}", "mishaps[0]: nothing goes wrong here. Choose status, refuse, hang or cut_after."),
            (
                "{hang: true, refuse: true}",
                "mishaps[0]: refuse and hang cannot both happen. Choose status, refuse, hang or cut_after."
            ),
        ] {
            expectSentences(
                "experts: {a: {kind: scripted, script: {mishaps: [\(mishap)]}}}",
                "config.yaml:1:50: experts.a.script.\(found)")
        }
    }
}
