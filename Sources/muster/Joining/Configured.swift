import Bench
import Core
import Experts
import Pipeline
import Routing
import Settings
import Store
import Transport

/// Everything that a configuration decides: made at the start, and again whenever it is read anew.
struct Configured: Sendable {
    /// What stays for as long as the program runs.
    struct Ground: Sendable {
        let store: SQLiteStore
        let transport: HTTPTransport
        let time: TimeSource
        let traces: WatchedTraces
        let embedder: any Embedder
        /// Whether experts are told the span they are called for.
        let followsTraces: Bool
    }

    let settings: Settings
    let skills: [Skill]
    let factory: ExpertFactory
    /// Every expert as configured or added, in the order of `directory`; those that only embed are left out.
    let specs: [ExpertSpec]
    let directory: ExpertDirectory
    let needs: NeedFinder
    let profiles: ProfileShelf
    let parts: PipelineParts

    /// - Parameters:
    ///   - specs: all experts, those that only embed among them.
    ///   - earlier: what was configured before: experts that did not change are kept, with what is known of their state.
    init(
        _ settings: Settings, _ skills: [Skill], specs all: [ExpertSpec], factory: ExpertFactory, on ground: Ground,
        after earlier: Configured? = nil
    ) async throws {
        self.settings = settings
        self.skills = skills
        self.factory = factory
        let specs = all.filter { !$0.embeds }
        self.specs = specs
        directory = ExpertDirectory(
            specs.map { earlier?.expert(like: $0) ?? factory.make($0) },
            pauses: earlier?.directory.pauses ?? ExpertPauses())
        let lexical = LexicalAnnotator(skills: skills)
        needs = NeedFinder(
            annotator: try Self.annotator(settings.skills, directory, skills, ground.time) ?? lexical,
            substitute: lexical, filter: KeywordFilter(settings.skills.filter), kept: ground.store)
        profiles = ProfileShelf(
            skills: skills, marks: try await ground.store.marks(),
            judged: try await ground.store.judgedTraces(limit: LearningFeedback.most),
            shadows: try await ground.store.shadowAnswers(limit: LearningFeedback.most),
            unknown: SkillMatcher.Unknown(settings.skills.unknown), embedder: ground.embedder)
        var parts = PipelineParts(
            directory: directory, routes: settings.routes, needs: needs, profiles: profiles, skills: skills,
            traces: ground.traces, choices: ground.store, time: ground.time, entropy: WallClock.entropy,
            keepsText: settings.store.keepText, givesInstructions: settings.skills.instructions,
            followsTraces: ground.followsTraces)
        parts.shadow = settings.shadow
        if let earlier {
            parts.pulses = earlier.parts.pulses
            parts.capabilities = earlier.parts.capabilities
            parts.canaries = earlier.parts.canaries
        }
        parts.capabilities.replace(by: CapabilityBook(try await ground.store.capabilities(), of: specs))
        self.parts = parts
        await Self.notePrices(of: specs, on: ground)
        try await takeUpCanaries(on: ground)
    }

    /// Who is asked which canaries.
    func canaryPlan(_ settings: CanarySettings) -> CanaryPlan {
        CanaryPlan(
            skills: skills, only: settings.skills, own: self.settings.canaryQuestions, count: settings.questions,
            specs: specs, asked: settings.experts)
    }

    /// Takes up what canaries say; nothing where none are configured.
    func takeUpCanaries(on ground: Ground) async throws {
        guard let canaries = settings.canaries else { return parts.canaries.replace(by: .empty) }
        parts.canaries.replace(by: try await canaryBook(canaries, on: ground))
    }

    func canaryBook(_ canaries: CanarySettings, on ground: Ground) async throws -> CanaryBook {
        let plan = canaryPlan(canaries)
        return CanaryBook(try await ground.store.canaryRounds(), baseline: canaries.baseline) { plan.identity($0, $1) }
    }

    /// A store that cannot take them now gets them the next time.
    private static func notePrices(of specs: [ExpertSpec], on ground: Ground) async {
        guard !ground.store.isReadOnly else { return }
        let now = ground.time.timestamp()
        let records = specs.map(\.card).map { card in
            PriceRecord(expert: card.id, model: card.model, price: card.price, since: now)
        }
        do { try await ground.store.note(records) } catch {
            Output.remark("muster: prices are not noted: \((error as? Fault)?.sentence ?? "\(error)")")
        }
    }

    /// The expert that was made for exactly this entry. Scripted ones also depend on the skills.
    private func expert(like spec: ExpertSpec) -> (any Expert)? {
        spec.card.kind != .scripted && specs.contains(spec) ? directory[spec.card.id] : nil
    }

    /// Settings that differ from earlier ones and are only read at the start.
    func needsRestart(after earlier: Settings) -> [String] {
        var store = settings.store
        store.keepText = earlier.store.keepText  // holds at once
        return [
            ("server", settings.server != earlier.server), ("store", store != earlier.store),
            ("telemetry", settings.telemetry != earlier.telemetry), ("embedder", settings.embedder != earlier.embedder),
            ("engine", settings.engine != earlier.engine), ("cache", settings.cache != earlier.cache),
        ].filter(\.1).map { "\($0.0): what changed there takes a restart" }
    }

    private static func annotator(
        _ settings: SkillSettings, _ directory: ExpertDirectory, _ skills: [Skill], _ time: TimeSource
    ) throws -> (any SkillAnnotator)? {
        guard let id = settings.annotator else { return nil }
        return ExpertAnnotator(
            expert: AccountedExpert(
                PatientExpert(try directory.expert(id), role: .annotation, time: time, seed: WallClock.entropy()),
                time: time),
            passes: settings.votes, temperature: settings.temperature,
            examples: skills.filter(\.isActive).map { $0.name.rawValue.replacing("-", with: " ") }, time: time)
    }
}

extension KeywordFilter {
    fileprivate init(_ setting: SkillSettings.Filter) { self = setting == .perSet ? .perSet : .perQuestion }
}

extension SkillMatcher.Unknown {
    fileprivate init(_ setting: SkillSettings.Unknown) { self = setting == .ignore ? .ignore : .nearest }
}
