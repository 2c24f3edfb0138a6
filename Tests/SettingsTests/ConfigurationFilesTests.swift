import Core
import Foundation
import Settings
import Testing

/// The files that people copy from are read without a word of complaint.
struct ConfigurationFilesTests {
    @Test func theConfigurationIsReadWithoutAProblem() {
        let file = SettingsFile(path: Repository.path("config.yaml"), environment: [:])
        #expect(file.problems.map(\.sentence) == [])
        #expect(file.settings.experts.map(\.card.id) == ["small", "large"])
        #expect(file.settings.routes.map(\.name) == ["auto", "thrifty", "best", "write"])
    }

    @Test func theExampleIsReadWithoutAProblem() throws {
        let file = SettingsFile(path: Repository.path("config.example.yaml"), environment: try exampleEnvironment())
        #expect(file.problems.map(\.sentence) == [])
        #expect(Set(file.settings.experts.map(\.card.kind)) == Set(ExpertKind.allCases))
        #expect(Set(file.settings.routes.map(\.routing.strategy)) == [.skill, .value, .fixed])
    }

    @Test func theSmallestFileInTheExampleIsReadToo() throws {
        let lines = try Repository.text("config.example.yaml").split(separator: "\n")
        let smallest = lines.filter { $0.hasPrefix("#   ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
        let reading = Reading(smallest)
        #expect(reading.sentences == [])
        #expect(reading.settings.experts.map(\.card.id) == ["general"])
    }

    @Test func everyDefaultInTheExampleIsTheReadersOwn() throws {
        let defaults = Reading("experts: {a: {base_url: \"http://example.org/v1\", model: m}}").settings
        let written: [(name: String, value: String)] = try Repository.text("config.example.yaml").split(separator: "\n")
            .compactMap { line in
                guard let name = line.firstRange(of: ": "), let mark = line.firstRange(of: "*optional, default ") else {
                    return nil
                }
                let value = line[mark.upperBound...].prefix { $0 != "*" }
                return (line[..<name.lowerBound].trimmingCharacters(in: .whitespaces), String(value))
            }
        let expert = try #require(defaults.experts.first)
        let plan = RoutingPlan()
        for (name, value) in [
            ("host", defaults.server.host), ("port", "\(defaults.server.port)"), ("folder", defaults.skills.folder),
            ("show_trace", defaults.server.showTrace.rawValue), ("path", defaults.store.path),
            ("max_body", "\(defaults.server.maxBody >> 20)MiB"), ("keep_text", "\(defaults.store.keepText)"),
            ("votes", "\(defaults.skills.votes)"), ("filter", defaults.skills.filter.rawValue),
            ("unknown", defaults.skills.unknown.rawValue), ("temperature", "\(defaults.skills.temperature)"),
            ("instructions", "\(defaults.skills.instructions)"), ("concurrent", "\(expert.card.concurrent)"),
            ("retries", "\(expert.retries)"), ("sees_images", "\(expert.card.abilities.contains(.images))"),
            ("draw", plan.draw.rawValue), ("repeats", "\(plan.repeats)"), ("normaliser", plan.normaliser.rawValue),
            ("strategy", plan.strategy.rawValue), ("price_weight", "\(plan.priceWeight)"),
            ("otherwise", "\"\(Script().otherwise)\""), ("answers", "\(defaults.engine.answers)"),
        ] {
            #expect(written.first { $0.name == name }?.value == value, "\(name)")
        }
        for (name, span) in [
            ("drain", defaults.server.drain), ("keep_traces", defaults.store.keepTraces),
            ("connect", expert.clocks.connect), ("idle", expert.clocks.idle),
        ] {
            let value = written.first { $0.name == name }?.value
            #expect(value.flatMap(DurationText.parse) == span, "\(name)")
        }
    }

    /// A value for every variable that the example asks for.
    private func exampleEnvironment() throws -> [String: String] {
        let text = try Repository.text("config.example.yaml")
        var environment: [String: String] = [:]
        for piece in text.split(separator: "${env.").dropFirst() {
            let name = String(piece.prefix { $0.isLetter || $0 == "_" })
            environment[name] = "key-of-\(name)"
        }
        return environment
    }
}
