public import Core
public import Pipeline

/// What the dashboard shows beside what the API itself knows. Without it there is no dashboard.
public struct InsightParts: Sendable {
    let store: any InsightStore
    let marks: any MarkStore
    let board: LiveBoard
    let skills: @Sendable () -> [Skill]
    let directory: @Sendable () -> ExpertDirectory
    let book: @Sendable () -> ProfileBook

    /// - Parameters:
    ///   - board: that hears of every finished trace.
    ///   - skills: as configured now, like everything below.
    public init(
        store: any InsightStore, marks: any MarkStore, board: LiveBoard, skills: @escaping @Sendable () -> [Skill],
        directory: @escaping @Sendable () -> ExpertDirectory, book: @escaping @Sendable () -> ProfileBook
    ) {
        self.store = store
        self.marks = marks
        self.board = board
        self.skills = skills
        self.directory = directory
        self.book = book
    }
}
