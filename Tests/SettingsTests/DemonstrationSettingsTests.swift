import Core
import Settings
import Testing

struct DemonstrationSettingsTests {
    private static func file() -> SettingsFile {
        SettingsFile(text: DemonstrationSettings.yaml, name: DemonstrationSettings.name, environment: [:])
    }

    @Test func isReadWithoutAProblem() {
        let file = Self.file()
        #expect(file.problems.map(\.sentence) == [])
        #expect(file.settings.experts.count >= 3)
        #expect(file.settings.routes.contains { $0.name == "auto" })
    }

    @Test func needsNeitherKeyNorNetwork() {
        for expert in Self.file().settings.experts {
            #expect(expert.card.kind == .scripted && expert.key == nil && expert.baseURL == nil, "\(expert.card.id)")
            #expect(expert.script != nil)
        }
    }

    @Test func itsExpertsKnowDifferentThings() {
        let known = Self.file().settings.experts.compactMap { $0.script?.knows }
        #expect(Set(known).count == known.count)
    }

    @Test func itKnowsOnlySkillsThatShip() {
        let check = SettingsCheck(
            file: Self.file(), name: DemonstrationSettings.name, folder: Repository.path("Skills"))
        #expect(check.problems.map(\.sentence) == [])
    }
}
