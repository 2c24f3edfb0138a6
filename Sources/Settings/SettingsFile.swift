public import Core
import Foundation
import Yams

/// Reads `config.yaml`: all of it, all that is wrong with it, and nothing that is not known.
public struct SettingsFile: Sendable {
    /// What could be read; only to be used if no problem is an error.
    public let settings: Settings
    /// In the order found; errors and warnings.
    public let problems: [SettingsProblem]
    /// Where each setting stands, by path.
    let places: [String: ProblemList.Place]

    /// The version of the form that this program reads.
    private static let version = 1

    /// - Parameter environment: where `${env.NAME}` is looked up.
    public init(path: String, environment: [String: String]) {
        let unreadable: String
        switch FileBytes.read(path, upTo: YAMLText.largest) {
        case .bytes(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) {
                self.init(text: text, name: path, environment: environment)
                return
            }
            unreadable = "the file is not UTF-8 text"
        case .absent: unreadable = "there is no such file, or it cannot be read"
        case .tooLarge: unreadable = "the file is larger than \(YAMLText.largest >> 20) MiB"
        }
        let problem = SettingsProblem(
            file: path, path: "", found: unreadable, fix: "config.example.yaml shows every setting; copy what you need")
        self.init(settings: Settings(), problems: [problem], places: [:])
    }

    private init(settings: Settings, problems: [SettingsProblem], places: [String: ProblemList.Place]) {
        self.settings = settings
        self.problems = problems
        self.places = places
    }

    /// - Parameter name: what the text is called in problems.
    public init(text: String, name: String, environment: [String: String]) {
        let list = ProblemList(file: name)
        let settings = Self.read(text, list, EnvironmentText(variables: environment))
        self.init(settings: settings, problems: list.problems, places: list.places)
    }

    private static func read(_ text: String, _ list: ProblemList, _ environment: EnvironmentText) -> Settings {
        var settings = Settings()
        let smallest = "The smallest one names an expert: experts: {name: {base_url: …, model: …}}"
        guard let node = YAMLText.parse(text, problems: list, ifEmpty: smallest) else { return settings }
        let root = Setting(node: node, path: "", problems: list, environment: environment)
        guard !root.isEmpty else {
            root.refuse("the file is empty", fix: smallest)
            return settings
        }
        guard let group = SettingGroup(root, .root) else { return settings }
        if let setting = group["version"], let version = setting.whole(1...1_000), version > Self.version {
            setting.refuse(
                "this program reads version \(Self.version) of the settings",
                fix: "Use a newer Muster, or write version: 1")
        }
        let entries = NamedSettings(group["experts"]).entries
        settings.server = ServerSettings(group["server"])
        settings.store = StoreLocation(group["store"])
        settings.cache = CacheSettings(group["cache"])
        settings.telemetry = TelemetrySettings(group["telemetry"])
        settings.engine = LocalEngineSettings(group["engine"])
        let backends = Dictionary(
            NamedSettings(group["backends"]).entries.map { ($0.name, BackendSpec(name: $0.name, $0.setting)) },
            uniquingKeysWith: { first, _ in first })
        settings.experts = entries.compactMap {
            ExpertSpec(id: ExpertID($0.name), $0.setting, engine: settings.engine, backends: backends)
        }
        // Those that embed answer no questions: nothing else may name them.
        let embedding = settings.experts.filter(\.embeds).map(\.card.id)
        let experts = ExpertNames(ids: entries.map { ExpertID($0.name) }.filter { !embedding.contains($0) })
        settings.skills = SkillSettings(group["skills"], experts: experts)
        settings.embedder = EmbedderSettings(group["embedder"])
        settings.canaries = CanarySettings(group["canaries"], experts: experts)
        let section = RouteSection(group, experts: experts, skills: settings.skills)
        settings.routings = section.routings
        settings.routes = section.routes
        settings.shadow = ShadowPolicy(
            group["shadow"], routes: settings.routes.map(\.name), experts: experts)
        return settings
    }

    /// Reads one expert that was added by command: the JSON or YAML of an entry of `experts:`. Problems are told as
    /// `expert ID:line:column:`, with paths that begin within the entry.
    public static func expert(
        _ id: ExpertID, definition: String, environment: [String: String]
    ) -> (spec: ExpertSpec?, problems: [SettingsProblem]) {
        guard NamedSettings.isName(id.rawValue) else {
            let problem = SettingsProblem(
                file: "expert", path: "", found: "\(id.rawValue.quoted) is not a name", fix: NamedSettings.rule)
            return (nil, [problem])
        }
        let list = ProblemList(file: "expert \(id)")
        guard let node = YAMLText.parse(definition, problems: list, ifEmpty: "Write {base_url: …, model: …}") else {
            return (nil, list.problems)
        }
        let setting = Setting(
            node: node, path: "", problems: list, environment: EnvironmentText(variables: environment))
        return (ExpertSpec(id: id, setting), list.problems)
    }
}
