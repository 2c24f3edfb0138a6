import Core
import Foundation
import Settings

/// Where the configuration comes from: a named file, the one at hand, the built-in demonstration, or one made here.
enum ConfigurationSource {
    case file(String)
    case demonstration
    /// YAML that a command has made, for experts without skills; its paths are meant from the current folder.
    case made(yaml: String, name: String)

    /// The file that is looked for when none is named.
    static let usual = "config.yaml"

    /// - Parameter named: what `--config` says.
    init(_ named: String?) {
        if let named {
            self = .file(named)
        } else if let variable = ProcessInfo.processInfo.environment["MUSTER_CONFIG"], !variable.isEmpty {
            self = .file(variable)
        } else if FileManager.default.fileExists(atPath: Self.usual) {
            self = .file(Self.usual)
        } else {
            self = .demonstration
        }
    }

    var name: String {
        switch self {
        case .file(let path): path
        case .demonstration: DemonstrationSettings.name
        case .made(_, let name): name
        }
    }

    /// What the settings alone say, read anew.
    private var settingsFile: SettingsFile {
        let environment = ProcessInfo.processInfo.environment
        return switch self {
        case .file(let path): SettingsFile(path: path, environment: environment)
        case .demonstration: SettingsFile(text: DemonstrationSettings.yaml, name: name, environment: environment)
        case .made(let yaml, _): SettingsFile(text: yaml, name: name, environment: environment)
        }
    }

    /// Where the skills are, as the settings say now.
    func skillFolder() -> String { skillFolder(settingsFile.settings) }

    /// Reads and checks everything; nothing is refused yet.
    func check() -> SettingsCheck {
        let file = settingsFile
        if case .made = self { return SettingsCheck(withoutSkills: file, name: name) }
        return SettingsCheck(
            file: file, name: name, folder: skillFolder(file.settings), canaries: canaryFile(file.settings))
    }

    /// The configuration, if nothing forbids using it; warnings are shown by `muster check` alone.
    func load() throws -> (settings: Settings, skills: [Skill]) {
        let checked = check()
        if case .demonstration = self, !FileManager.default.fileExists(atPath: skillFolder(checked.settings)) {
            throw Fault(
                .invalidSettings, FileManager.default.currentDirectoryPath,
                "holds neither \(Self.usual) nor the folder \(skillFolder(checked.settings)) for the demonstration",
                expected: "A configuration is named with --config FILE",
                hint: "The folder Skills of Muster's repository is enough to try it with scripted experts")
        }
        if let fault = checked.problems.fault(.invalidSettings) { throw fault }
        var settings = checked.settings
        if case .file(let path) = self { settings.store.path = Self.path(settings.store.path, besides: path) }
        return (settings, checked.skills)
    }

    /// Paths in a configuration are meant from where it lies.
    private static func path(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/"), path != ":memory:" else { return path }
        let folder = (file as NSString).deletingLastPathComponent
        return folder.isEmpty ? path : folder + "/" + path
    }

    /// The configuration file and everything in the folder of skills; nothing where there is no file.
    func files(skills folder: String) -> [String] {
        guard case .file(let path) = self else { return [] }
        // A link to a folder is no folder to an enumerator.
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        let within = FileManager.default.enumerator(atPath: real)?.compactMap { $0 as? String } ?? []
        return [path] + within.prefix(10_000).map { folder + "/" + $0 }.sorted()
    }

    /// Where the file of canaries is; nil if none is named.
    private func canaryFile(_ settings: Settings) -> String? {
        guard let written = settings.canaries?.file, case .file(let path) = self else { return nil }
        return Self.path(written, besides: path)
    }

    /// Where the skills are.
    func skillFolder(_ settings: Settings) -> String {
        guard case .file(let path) = self else { return settings.skills.folder }
        return Self.path(settings.skills.folder, besides: path)
    }
}
