import Core
import Settings
import Testing

/// A text read as `config.yaml` would be, with everything that is said about it.
struct Reading {
    let settings: Settings
    let problems: [SettingsProblem]

    init(_ yaml: String, environment: [String: String] = [:]) {
        let file = SettingsFile(text: yaml, name: "config.yaml", environment: environment)
        settings = file.settings
        problems = file.problems
    }

    var sentences: [String] { problems.map(\.sentence) }

    /// All that an expert needs.
    static let usable = "base_url: \"http://h/v1\", model: m"
}

/// Exactly these sentences are said about a `config.yaml`, in this order.
func expectSentences(
    _ yaml: String, _ sentences: String..., environment: [String: String] = [:],
    at location: SourceLocation = #_sourceLocation
) {
    #expect(Reading(yaml, environment: environment).sentences == sentences, sourceLocation: location)
}
