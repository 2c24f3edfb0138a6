/// Gathers everything that is wrong while a file is read, so that people see all of it at once.
final class ProblemList {
    /// Nobody reads more; one more line says that there is more.
    static let most = 200

    /// Where a setting stands, counted from 1.
    struct Place: Sendable, Hashable {
        var line: Int
        var column: Int
    }

    let file: String
    private(set) var problems: [SettingsProblem] = []
    /// Where each setting that was read stands, by path: for checks that come after reading.
    private(set) var places: [String: Place] = [:]

    /// True if nothing more will be told, so that no nearest name need be looked for.
    var isFull: Bool { problems.count > Self.most }

    init(file: String) { self.file = file }

    func add(_ problem: SettingsProblem) {
        if problems.count < Self.most {
            problems.append(problem)
        } else if problems.count == Self.most {
            problems.append(
                SettingsProblem(
                    file: file, path: "", found: "there are more problems than \(Self.most)",
                    fix: "Mend these first", severity: problem.severity))
        }
    }

    func remember(_ path: String, line: Int, column: Int) { places[path] = Place(line: line, column: column) }
}
