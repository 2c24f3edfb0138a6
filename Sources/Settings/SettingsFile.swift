public import Core
import Foundation
import Yams

/// Reads `config.yaml`: all of it, all that is wrong with it, and nothing that is not known.
public struct SettingsFile: Sendable {
    /// What could be read; only to be used if no problem is an error.
    public let settings: Settings
    public let problems: [SettingsProblem]

    static let sections = [
        "version", "server", "store", "skills", "embedder", "experts", "routing", "aggregation", "budgets", "routes",
    ]

    /// - Parameter environment: where `${env.NAME}` is looked up.
    public init(path: String, environment: [String: String]) {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: YAMLText.largest + 1)
        else {
            self.init(
                unreadable: SettingsProblem(
                    file: path, path: "", found: "there is no such file, or it cannot be read",
                    fix: "config.example.yaml shows every setting"))
            return
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            self.init(unreadable: SettingsProblem(file: path, path: "", found: "the file is not UTF-8 text"))
            return
        }
        self.init(text: text, name: path, environment: environment)
    }

    /// - Parameter name: what the text is called in problems.
    public init(text: String, name: String, environment: [String: String]) {
        let list = ProblemList(file: name)
        settings = Self.read(text, list, environment)
        problems = list.problems
    }

    private init(unreadable problem: SettingsProblem) {
        settings = Settings()
        problems = [problem]
    }

    private static func read(_ text: String, _ list: ProblemList, _ environment: [String: String]) -> Settings {
        var settings = Settings()
        guard let node = YAMLText.parse(text, problems: list) else { return settings }
        let root = Setting(node: node, path: "", problems: list, environment: environment)
        guard let group = SettingGroup(root, known: sections, later: ["engine"]) else { return settings }
        if let version = group["version"]?.whole(1...1_000), version > 1 {
            group["version"]?.refuse("this version of Muster reads version 1", fix: "Update Muster, or write version: 1")
        }
        settings.server = ServerSettings(group["server"])
        settings.store = StoreLocation(group["store"])
        settings.skills = SkillSettings(group["skills"])
        settings.embedder = EmbedderSettings(group["embedder"])
        let experts = NamedSettings(group["experts"]).entries
        settings.experts = experts.compactMap { ExpertSpec(id: ExpertID($0.name), $0.setting) }
        let ids = experts.map { ExpertID($0.name) }
        settings.routes = RouteSection(group, experts: ids).routes
        if let annotator = settings.skills.annotator, !ids.contains(annotator), let place = group["skills"] {
            let meant = NearestName.of(annotator.rawValue, among: ids.map(\.rawValue) + ["lexical"])
            place.refuse(
                "annotator: there is no expert \(annotator)", fix: meant.map { "Did you mean \($0)?" } ?? "Write lexical, or an expert's id")
        }
        return settings
    }

    /// Reads one expert that was added by command: the JSON or YAML of an entry of `experts:`.
    public static func expert(
        _ id: ExpertID, definition: String, environment: [String: String]
    ) -> (spec: ExpertSpec?, problems: [SettingsProblem]) {
        let list = ProblemList(file: "expert \(id)")
        guard NamedSettings.isName(id.rawValue) else {
            list.add(
                SettingsProblem(
                    file: list.file, path: "", found: "\"\(id.rawValue.prefix(80))\" is not a name",
                    fix: "Use up to 64 lower-case letters, digits, - _ and ."))
            return (nil, list.problems)
        }
        guard let node = YAMLText.parse(definition, problems: list) else { return (nil, list.problems) }
        let spec = ExpertSpec(
            id: id, Setting(node: node, path: "experts.\(id)", problems: list, environment: environment))
        return (spec, list.problems)
    }
}
