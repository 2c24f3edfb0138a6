import Bench
import Core
import Experts
import Foundation
import Pipeline
import Routing
import Server
import Settings
import Store
import Transport

/// The one place where the parts are joined; it owns nothing and decides nothing.
struct Assembly: Sendable {
    let source: ConfigurationSource
    /// As configured when the program began; `reload` changes what questions meet, not this.
    let configured: Configured
    let current: CurrentConfiguration
    let ground: Configured.Ground
    let embedders: EmbedderShelf
    let service: any AnswerService
    /// Keeps feedback and learns from it.
    let feedback: LearningFeedback
    /// Answers the lines of batches.
    let batchService: BatchPipeline
    /// Where everything is counted.
    let metrics: MetricRegistry
    /// What the dashboard shows of the last hour and day.
    let board: LiveBoard
    /// On the way to a collector; nil if there is none.
    let export: SpanExport?
    private let live: LiveParts
    private let cached: CachedAnswers?
    /// Two that read the configuration at once would undo each other.
    private let reloads = ConcurrencyLimit(1, queue: 1_000)

    var settings: Settings { configured.settings }
    var skills: [Skill] { configured.skills }
    var directory: ExpertDirectory { configured.directory }
    var specs: [ExpertSpec] { configured.specs }
    var needs: NeedFinder { configured.needs }
    var profiles: ProfileShelf { configured.profiles }
    var store: SQLiteStore { ground.store }
    var transport: HTTPTransport { ground.transport }
    /// What loading models into this process has cost so far.
    var localModels: LocalModelStatistics { configured.factory.localModelStatistics }
    /// The store, with all who hear of finished traces.
    var traces: WatchedTraces { ground.traces }
    var time: TimeSource { ground.time }

    /// Joins everything, runs the work, and writes what is waiting to be written, whatever happened.
    ///
    /// - Parameter store: in place of the configuration's.
    static func with(
        _ source: ConfigurationSource, store: String? = nil, _ work: (Assembly) async throws -> Void
    ) async throws {
        let assembly = try await Assembly(source, store: store)
        do {
            if case .demonstration = source { try await Demonstration.prepare(assembly) }
            try await work(assembly)
        } catch {
            await assembly.close()
            throw error
        }
        await assembly.close()
    }

    private init(_ source: ConfigurationSource, store path: String?) async throws {
        self.source = source
        let (settings, skills) = try source.load()
        let time = TimeSource.system(wall: WallClock.now)
        let store = try SQLiteStore(path ?? settings.store.path, time: time) { fault in
            Output.remark("muster: store: \(fault.sentence)")
        }
        let transport = HTTPTransport()
        let current = CurrentConfiguration()
        let metrics = MetricRegistry()
        export = Collector(settings.telemetry, environment: ProcessInfo.processInfo.environment)?
            .export(transport: transport, time: time) { current.card(of: $0) }
        let counter = TraceCounter(metrics) { current.card(of: $0) }
        board = LiveBoard(time: time)
        Self.count(store, export, in: metrics)
        let embedder = try Self.embedder(settings, transport, time)
        ground = Configured.Ground(
            store: store, transport: transport, time: time,
            traces: WatchedTraces(store, watches: [counter, board] + [export].compactMap { $0 }), embedder: embedder,
            followsTraces: export != nil)
        let factory = ExpertFactory(
            transport: transport, skills: skills, engine: settings.engine, time: time, seed: WallClock.entropy(),
            watch: CallCounter(metrics))
        let specs = try await Self.specs(settings, store)
        configured = try await Configured(settings, skills, specs: specs, factory: factory, on: ground)
        current.replace(by: configured)
        self.current = current
        self.metrics = metrics
        embedders = EmbedderShelf(Embedders.entries(settings.embedder, experts: specs, on: ground))
        let live = LiveParts(configured.parts)
        self.live = live
        feedback = LearningFeedback(store, shadows: store, live: live)
        let sampler = ShadowSampler(live, store: store) { [feedback] shadow in
            metrics.add(to: .shadowAnswers, shadow.expert.rawValue, shadow.outcome.rawValue)
            if shadow.outcome == .agrees || shadow.outcome == .differs { feedback.learnSoon() }
        }
        let pipeline = ShadowedAnswers(LivePipeline(live), sampler: sampler)
        cached = settings.cache.map { [configured] in
            CachedAnswers(pipeline, life: $0.life, capacity: $0.bytes, of: configured.parts)
        }
        service = cached ?? pipeline
        batchService = BatchPipeline(live, store: store)
    }

    /// Reads the configuration and the skills again. What is wrong is thrown and nothing changes; else questions to come
    /// meet the new configuration, those under way keep the old one.
    ///
    /// - Returns: what changed but takes a restart.
    func reload() async throws -> [String] {
        let turn = try await reloads.enter()
        defer { withExtendedLifetime(turn) {} }
        let (settings, skills) = try source.load()
        let earlier = current.now ?? configured
        let specs = try await Self.specs(settings, store)
        let next = try await Configured(
            settings, skills, specs: specs, factory: earlier.factory.knowing(skills), on: ground, after: earlier)
        live.replace(by: next.parts)
        embedders.replace(by: Embedders.entries(configured.settings.embedder, experts: specs, on: ground))
        current.replace(by: next)
        cached?.forget()
        return next.needsRestart(after: configured.settings)
    }

    /// As configured now.
    var now: Configured { current.now ?? configured }

    /// Keeps what came of trying an expert, and lets those who recruit know at once.
    func keep(_ report: ExpertTrial.Report) async throws {
        guard let spec = now.specs.first(where: { $0.card.id == report.expert }) else { return }
        try await store.keep(
            report.findings.map {
                CapabilityRecord(expert: report.expert, identity: spec.identity, finding: $0)
            })
        try await refreshCapabilities()
    }

    /// Takes up what was found about experts, by whichever program.
    func refreshCapabilities() async throws {
        now.parts.capabilities.replace(by: CapabilityBook(try await store.capabilities(), of: now.specs))
    }

    /// Takes up what canaries say, whichever program asked them.
    func refreshCanaries() async throws { try await now.takeUpCanaries(on: ground) }

    /// What canaries say, also where the configuration asks nobody.
    func canaryBook() async throws -> CanaryBook {
        try await now.canaryBook(now.settings.canaries ?? CanarySettings(), on: ground)
    }

    /// Asks a round, and at once a second one where the first makes the expert suspect.
    func askCanaries(_ place: CanaryRun.Place, _ run: CanaryRun) async throws -> CanaryRound? {
        guard let round = try await run.ask(place) else { return nil }
        let standing = try await canaryBook().standing(of: place.expert, in: place.skill)
        return standing?.isSuspect == true ? try await run.ask(place) ?? round : round
    }

    /// Asks canaries of the experts as configured now.
    func canaryRun(_ settings: CanarySettings) -> CanaryRun {
        CanaryRun(now.canaryPlan(settings), directory: now.directory, store: store, time: time)
    }

    /// Every expert of the configuration and those that were added by command.
    private static func specs(_ settings: Settings, _ store: SQLiteStore) async throws -> [ExpertSpec] {
        let added = try await AddedExperts(store: store).specs(besides: settings.experts.map(\.card.id))
        return (settings.experts + added).map(withModelInPlace)
    }

    /// A local expert may name a model of the catalogue; the file is where it was pulled to.
    private static func withModelInPlace(_ spec: ExpertSpec) -> ExpertSpec {
        guard spec.card.kind == .local, let path = ModelCache.find(spec.card.model) else { return spec }
        var spec = spec
        spec.card.model = path
        return spec
    }

    /// What the store and the export know of themselves.
    private static func count(_ store: SQLiteStore, _ export: SpanExport?, in metrics: MetricRegistry) {
        metrics.include(counter: "muster_traces_dropped", "Traces that could not be kept.") {
            Double(store.droppedTraces)
        }
        guard let export else { return }
        metrics.include(counter: "muster_traces_exported", "Traces that the collector took.") { Double(export.sent) }
        metrics.include(counter: "muster_traces_unexported", "Traces that could not be sent to the collector.") {
            Double(export.dropped)
        }
    }

    private static func embedder(
        _ settings: Settings, _ transport: HTTPTransport, _ time: TimeSource
    ) throws -> any Embedder {
        switch settings.embedder {
        case .hashed: HashedEmbedder()
        case .local(let model):
            try LocalEmbedder(
                folder: ModelCache.find(model) ?? model, model: model,
                threads: settings.engine.threads ?? ProcessInfo.processInfo.activeProcessorCount)
        case .openai(let spec): OpenAIEmbedder(spec: spec, transport: transport, now: { time.timestamp() })
        }
    }

    private func close() async {
        await export?.close()
        try? await store.close()
        transport.shutdown()
    }

    /// The experts with these ids, all of them for none.
    func experts(named names: [String]) throws -> [ExpertID] {
        try names.isEmpty ? directory.experts.map(\.card.id) : names.map { try directory.expert(ExpertID($0)).card.id }
    }

    /// Which experts a run may visit at the same time: not those that share a server or this process.
    var lanes: VisitLanes {
        VisitLanes(
            Dictionary(
                specs.compactMap { spec in
                    if let backend = spec.backend { return (spec.card.id, "backend \(backend.name)") }
                    return spec.card.kind == .local ? (spec.card.id, VisitLanes.here) : nil
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// Experts whose servers take lists as batches.
    var batchTakers: [ExpertID: any BatchTaker] {
        Dictionary(
            specs.compactMap { spec in configured.factory.batchTaker(spec).map { (spec.card.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The skills with these names, all active ones for none.
    func skills(named names: [String]) throws -> [Skill] {
        try names.isEmpty
            ? skills.filter(\.isActive)
            : names.map { name in
                guard let skill = skills.first(where: { $0.name.rawValue == name }) else {
                    throw Fault.unknown(
                        .unknownSkill, "skill", named: name, among: skills.map(\.name.rawValue),
                        hint: "muster skill list shows all")
                }
                return skill
            }
    }
}
