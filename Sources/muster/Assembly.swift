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
    let settings: Settings
    let skills: [Skill]
    let store: SQLiteStore
    let transport: HTTPTransport
    let directory: ExpertDirectory
    /// Every expert as configured or added, in the order of `directory`.
    let specs: [ExpertSpec]
    let needs: NeedFinder
    let profiles: ProfileShelf
    let embedders: EmbedderShelf
    let service: any AnswerService
    /// Answers the lines of batches.
    let batchService: BatchPipeline
    /// Where everything is counted.
    let metrics = MetricRegistry()
    /// The store, with all who hear of finished traces.
    let traces: WatchedTraces
    /// On the way to a collector; nil if there is none.
    let export: SpanExport?
    let time: TimeSource

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
        let loaded = try source.load()
        settings = loaded.settings
        skills = loaded.skills
        time = TimeSource.system(wall: WallClock.now)
        store = try SQLiteStore(path ?? settings.store.path, time: time) { fault in
            Output.remark("muster: store: \(fault.sentence)")
        }
        transport = HTTPTransport()
        let added = try await AddedExperts(store: store).specs(besides: settings.experts.map(\.card.id))
        let all = (settings.experts + added).map(Self.withModelInPlace)
        specs = all.filter { !$0.embeds }
        let factory = ExpertFactory(
            transport: transport, skills: skills, engine: settings.engine, time: time, seed: WallClock.entropy(),
            watch: CallCounter(metrics))
        directory = ExpertDirectory(specs.map(factory.make))
        export = Collector(settings.telemetry, environment: ProcessInfo.processInfo.environment)?
            .export(transport: transport, time: time) { [directory] in directory[$0]?.card }
        let counter = TraceCounter(metrics) { [directory] in directory[$0]?.card }
        traces = WatchedTraces(store, watches: [counter] + [export].compactMap { $0 })
        Self.count(store, export, in: metrics)
        if !store.isReadOnly {
            let now = time.timestamp()
            try await store.note(
                specs.map(\.card).map { PriceRecord(expert: $0.id, model: $0.model, price: $0.price, since: now) })
        }
        let lexical = LexicalAnnotator(skills: skills)
        needs = NeedFinder(
            annotator: try Self.annotator(settings.skills, directory, skills, time) ?? lexical, substitute: lexical,
            filter: KeywordFilter(settings.skills.filter), kept: store)
        let embedder = try Self.embedder(settings, transport, time)
        embedders = Embedders.shelf(settings.embedder, embedder, experts: all.filter(\.embeds), transport, time)
        profiles = ProfileShelf(
            skills: skills, marks: try await store.marks(), unknown: SkillMatcher.Unknown(settings.skills.unknown),
            embedder: embedder)
        let parts = PipelineParts(
            directory: directory, routes: settings.routes, needs: needs, profiles: profiles, skills: skills,
            traces: traces, choices: store, time: time, entropy: WallClock.entropy,
            keepsText: settings.store.keepText, givesInstructions: settings.skills.instructions,
            followsTraces: export != nil)
        let pipeline = AnswerPipeline(parts)
        service = settings.cache.map { CachedAnswers(pipeline, life: $0.life, capacity: $0.bytes, of: parts) } ?? pipeline
        batchService = BatchPipeline(parts, store: store)
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

extension KeywordFilter {
    fileprivate init(_ setting: SkillSettings.Filter) { self = setting == .perSet ? .perSet : .perQuestion }
}

extension SkillMatcher.Unknown {
    fileprivate init(_ setting: SkillSettings.Unknown) { self = setting == .ignore ? .ignore : .nearest }
}
