import ArgumentParser
import Bench
import Core
import Experts
import Foundation
import Routing
import Settings

/// Who takes part in a replay.
struct ReplayExpertOptions: ParsableArguments {
    @Option(help: "Only these experts, by their recorded names, separated by commas.")
    var experts: String?

    @Flag(help: "Only experts known to have at most 12 billion active parameters.")
    var small = false

    var choice: ExpertChoice {
        if small { return .small }
        guard let experts else { return .all }
        return .named(experts.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }

    func validate() throws {
        if small, experts != nil { throw ValidationError("--small and --experts both choose the experts: keep one.") }
    }
}

/// How a replay learns, decides and aggregates.
struct ReplayOptions: ParsableArguments {
    @Option(help: "Learn from the questions of this recorded split, decide on all others.")
    var trainSplit: String?

    @Option(help: "Decide on each of so many parts after learning from the others. (default: 5)")
    var folds: Int?

    @Option(
        name: .customLong("seats"),
        help: "How many experts are asked; several numbers, separated by commas, are all replayed. (default: 1)")
    var writtenSeats: String?

    @Option(help: "What a composition may hold: 40B parameters in all, or dollars a question (0.002).")
    var budget: String?

    @Option(help: "How several answers become one: \(StrategyShelf.votes.map(\.vote.name).joined(separator: ", ")).")
    var aggregation = StrategyShelf.usualVote

    @Flag(help: "Leave seats unasked once the vote is decided.")
    var earlyQuorum = false

    @Option(help: "Repeats every draw.")
    var seed: UInt64 = 1

    @Option(help: "hashed, a pulled encoder, or its folder. (default: all-minilm-l6-v2 if it was pulled, else hashed)")
    var embedder: String?

    @Option(help: "The folder of skills that questions may need.")
    var skills = "Skills"

    @Option(help: "The most questions that are learned from; more are thinned by lot.")
    var trainLimit = 15_000

    @Option(help: "The accuracy that covers a category.")
    var bar = 0.5

    /// Empty if nobody said.
    var seats: [Int] {
        (writtenSeats ?? "").split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    }

    var foldPlan: FoldPlan { trainSplit.map(FoldPlan.split) ?? .folds(folds ?? 5) }

    var compositionBudget: CompositionBudget? {
        get throws { try budget.map(StrategyShelf.budget(written:)) }
    }

    func validate() throws {
        if let folds, !(2...100).contains(folds) {
            throw ValidationError("--folds is \(folds); it goes from 2 to 100.")
        }
        if trainSplit != nil, folds != nil {
            throw ValidationError("--train-split and --folds both part the questions: keep one.")
        }
        if let writtenSeats,
            seats.isEmpty || seats.count != writtenSeats.split(separator: ",").count
                || !seats.allSatisfy((1...64).contains)
        {
            throw ValidationError("--seats is \(writtenSeats); it takes numbers from 1 to 64, separated by commas.")
        }
        guard (10...10_000_000).contains(trainLimit) else {
            throw ValidationError("--train-limit is \(trainLimit); it goes from 10 to 10000000.")
        }
        guard (0...1).contains(bar) else { throw ValidationError("--bar is \(bar); it goes from 0 to 1.") }
    }

    /// The skills that questions may need; none where the usual folder is not here.
    func readSkills() throws -> [Skill] {
        guard skills != Self.usualSkills || FileManager.default.fileExists(atPath: skills) else { return [] }
        let shelf = SkillShelf(folder: skills)
        if shelf.skills.isEmpty, let problem = shelf.problems.first {
            throw Fault(.invalidSkill, skills, problem.found, hint: "--skills names a folder with one folder a skill")
        }
        return shelf.skills
    }

    /// What turns questions into vectors; the encoder where it was pulled, since words alone see less.
    func makeEmbedder() throws -> any Embedder {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        if let embedder, embedder != "hashed" {
            return try LocalEmbedder(folder: ModelCache.path(for: embedder), model: embedder, threads: threads)
        }
        if embedder == nil, let folder = ModelCache.find(Self.usualEncoder) {
            return try LocalEmbedder(folder: folder, model: Self.usualEncoder, threads: threads)
        }
        if embedder == nil {
            Output.remark(
                "muster: questions are compared by their words; muster model pull \(Self.usualEncoder) compares meaning"
            )
        }
        return HashedEmbedder()
    }

    private static let usualSkills = "Skills"
    private static let usualEncoder = "all-minilm-l6-v2"
}
