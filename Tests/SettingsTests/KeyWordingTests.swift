import Settings
import Testing

/// Holds what is said about keys and variables, none of which is ever shown.
struct KeyWordingTests {
    @Test func aVariableThatIsNotSetIsNamed() {
        expectSentences(
            "server: {host: \"${env.HOST_NAME}\"}",
            "config.yaml:1:16: server.host: the environment variable HOST_NAME is not set. Set it (export HOST_NAME=…) "
                + "or write ${env.HOST_NAME:-otherwise}.")
        expectSentences(
            "experts:\n  a: {api_key: \"${env.A_KEY}\", \(Reading.usable)}",
            "config.yaml:2:16: experts.a.api_key: the environment variable A_KEY is not set. Set it: export A_KEY=…")
        expectSentences(
            "server: {host: \"${env.X\"}", "config.yaml:1:16: server.host: ${env. is not closed. Write ${env.NAME}.")
        expectSentences(
            "server: {host: \"${env.a b}\"}",
            "config.yaml:1:16: server.host: ${env.…} does not name a variable. Write ${env.NAME} with letters, "
                + "digits and _."
        )
    }

    @Test func aKeyInTheFileIsRefusedAndNeverRepeated() {
        let key = "sk-proj-abcdefghijklmnop"
        expectSentences(
            "experts:\n  gpt-4:\n    api_key: \(key)\n    \(Reading.usable.replacing(", ", with: "\n    "))\n",
            "config.yaml:3:14: experts.gpt-4.api_key: a key stands in the file. Keys are read from the "
                + "environment, so that "
                + "they are never in a file. Set a variable and write \"${env.GPT_4_KEY}\"; leave it out if no "
                + "key is needed."
        )
        expectSentences(
            "server: {api_keys: [plain-and-secret]}",
            "config.yaml:1:21: server.api_keys[0]: a key stands in the file. Keys are read from the "
                + "environment, so that "
                + "they are never in a file. Set a variable and write \"${env.MUSTER_API_KEY}\"; leave it out "
                + "if no key "
                + "is needed.")
        for yaml in [
            "server: {port: \(key)}", "server: {show_trace: \(key)}", "server: {drain: \(key)}",
            "server: {max_body: \(key)}",
            "store: {keep_text: \(key)}", "\(key): 1", "experts: {A\(key): {}}", "experts: {a: {kind: \(key)}}",
            "experts: {a: {base_url: \"http://h:x/\(key)\", model: m}}",
            "experts: {a: {base_url: \"http://\(key)@h\", model: m}}",
            "experts: {a: {base_url: \"http://h/v1?key=\(key)\", model: m}}", "experts: {a: {api_key: [\(key)]}}",
            "routes: {r: {routing: \(key), fallback: \(key)}}",
            "experts: {a: {kind: scripted, script: {knows: {\(key): 2}}}}",
            "server: {host: \"${env.\(key)}\"}", "experts: {a: {\(key): 1, \(key): 2}}",
            "experts: {a: {price: {input: \(key)}}}",
        ] {
            let sentences = Reading(yaml).sentences
            #expect(!sentences.isEmpty, "\(yaml)")
            #expect(!sentences.joined().contains("proj-abc"), "\(sentences)")
        }
    }

    @Test func whatAVariableHoldsIsNeverShown() {
        let environment = ["SECRET": "hunter2 hunter2"]
        for yaml in [
            "server: {port: \"${env.SECRET}\"}", "server: {show_trace: \"${env.SECRET}\"}",
            "experts: {a: {api_key: \"${env.SECRET}\", \(Reading.usable)}}",
            "routes: {r: {fallback: \"${env.SECRET}\"}}",
            "experts: {a: {base_url: \"http://${env.SECRET}\", model: m}}", "skills: {votes: \"${env.SECRET}\"}",
        ] {
            let sentences = Reading(yaml, environment: environment).sentences
            #expect(!sentences.isEmpty, "\(yaml)")
            #expect(!sentences.joined().contains("hunter2"), "\(sentences)")
        }
        expectSentences(
            "experts: {a: {api_key: \"${env.SECRET}\", \(Reading.usable)}}",
            "config.yaml:1:24: experts.a.api_key: the environment variable SECRET holds spaces, line ends or "
                + "signs that no "
                + "key has. Set it anew, without what came along when copying.", environment: environment)
    }
}
