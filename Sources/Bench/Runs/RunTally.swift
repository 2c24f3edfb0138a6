import Core

/// Counts what a run has, for its progress.
struct RunTally {
    /// Answers that the run needs, as far as is known.
    private let total: Int
    private var done: Int
    private var cut: Int
    private var failed: Int
    private var dollars: Double
    private var expert: ExpertID = ""
    private var expertDone = 0
    private var expertTotal = 0

    init(_ answers: [RunAnswer], total: Int) {
        self.total = total
        done = answers.count
        cut = answers.count { $0.answer?.finish == .length }
        failed = answers.count { $0.answer == nil }
        dollars = answers.reduce(0) { $0 + $1.dollars }
    }

    mutating func begin(_ id: ExpertID, jobs: Int) {
        expert = id
        expertDone = 0
        expertTotal = jobs
    }

    mutating func add(_ answer: RunAnswer) {
        done += 1
        expertDone += 1
        if answer.answer?.finish == .length { cut += 1 }
        if answer.answer == nil { failed += 1 }
        dollars += answer.dollars
    }

    var progress: RunProgress {
        RunProgress(
            done: done, total: total, expert: expert, expertDone: expertDone, expertTotal: expertTotal, cut: cut,
            failed: failed, dollars: dollars)
    }
}
