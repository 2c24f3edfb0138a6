public import Core
import Foundation

/// The suites of one or more folders: files called `NAME.yaml`. A suite of an earlier folder hides one of the same name
/// in a later one, so that users can have their own.
public struct SuiteShelf: Sendable {
    /// More files in a folder are not read.
    private static let mostFiles = 1_000

    /// In name order.
    public let suites: [SuiteSpec]
    /// What is wrong with files that cannot be used, by suite.
    public let problems: [String: [SettingsProblem]]

    public init(folders: [String]) {
        var found: [String: SuiteSpec] = [:]
        var problems: [String: [SettingsProblem]] = [:]
        for folder in folders {
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            for file in names.prefix(Self.mostFiles) where file.hasSuffix(".yaml") && !file.hasPrefix(".") {
                let stem = String(file.dropLast(".yaml".count))
                guard found[stem] == nil, problems[stem] == nil else { continue }
                let path = folder + "/" + file
                guard FileBytes.isPlainFile(path), case .bytes(let data) = FileBytes.read(path, upTo: YAMLText.largest)
                else {
                    problems[stem] = [
                        SettingsProblem(
                            file: path, path: "", found: "cannot be read", fix: "A suite is a small plain file")
                    ]
                    continue
                }
                let definition = SuiteDefinition(text: String(decoding: data, as: UTF8.self), stem: stem, name: path)
                if let spec = definition.spec { found[stem] = spec } else { problems[stem] = definition.problems }
            }
        }
        suites = found.values.sorted { $0.name < $1.name }
        self.problems = problems
    }

    /// The suite of this name.
    ///
    /// - Throws: a `Fault` with what is wrong with its file, or with the nearest name.
    public func named(_ name: String) throws -> SuiteSpec {
        if let spec = suites.first(where: { $0.name == name }) { return spec }
        if let found = problems[name], let fault = found.fault(.invalidSettings) { throw fault }
        throw Fault.unknown(
            .invalidRequest, "suite", named: name, among: suites.map(\.name),
            hint: "A suite is a file Suites/NAME.yaml; --suites names another folder")
    }
}
