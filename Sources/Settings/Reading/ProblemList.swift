/// Gathers everything that is wrong while a file is read, so that people see all of it at once.
final class ProblemList {
    /// Nobody reads more.
    static let most = 200

    let file: String
    private(set) var problems: [SettingsProblem] = []

    init(file: String) { self.file = file }

    func add(_ problem: SettingsProblem) {
        if problems.count < Self.most { problems.append(problem) }
    }
}
