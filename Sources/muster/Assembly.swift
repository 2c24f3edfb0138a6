import Bench
import Core
import Experts
import Foundation
import Pipeline
import Routing
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
    let service: AnswerPipeline
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
        specs = (settings.experts + added).map(Self.withModelInPlace)
        let factory = ExpertFactory(
            transport: transport, skills: skills, engine: settings.engine, time: time, seed: WallClock.entropy())
        directory = ExpertDirectory(specs.map(factory.make))
        await Self.notePrices(of: specs, in: store, at: time.timestamp())
        let lexical = LexicalAnnotator(skills: skills)
        needs = NeedFinder(
            annotator: try Self.annotator(settings.skills, directory, skills, time) ?? lexical, substitute: lexical,
            filter: KeywordFilter(settings.skills.filter), kept: store)
        profiles = ProfileShelf(
            skills: skills, marks: try await store.marks(), unknown: SkillMatcher.Unknown(settings.skills.unknown),
            embedder: try Self.embedder(settings, transport, time))
        service = AnswerPipeline(
            PipelineParts(
                directory: directory, routes: settings.routes, needs: needs, profiles: profiles, skills: skills,
                traces: store, choices: store, time: time, entropy: WallClock.entropy,
                keepsText: settings.store.keepText, givesInstructions: settings.skills.instructions))
    }

    /// A store that cannot take them now gets them from the next command.
    private static func notePrices(of specs: [ExpertSpec], in store: SQLiteStore, at now: Timestamp) async {
        guard !store.isReadOnly else { return }
        let records = specs.map(\.card).map { card in
            PriceRecord(expert: card.id, model: card.model, price: card.price, since: now)
        }
        do { try await store.note(records) } catch {
            Output.remark("muster: prices are not noted: \((error as? Fault)?.sentence ?? "\(error)")")
        }
    }

    /// A local expert may name a model of the catalogue; the file is where it was pulled to.
    private static func withModelInPlace(_ spec: ExpertSpec) -> ExpertSpec {
        guard spec.card.kind == .local, let path = ModelCache.find(spec.card.model) else { return spec }
        var spec = spec
        spec.card.model = path
        return spec
    }

    private static func annotator(
        _ settings: SkillSettings, _ directory: ExpertDirectory, _ skills: [Skill], _ time: TimeSource
    ) throws -> (any SkillAnnotator)? {
        guard let id = settings.annotator else { return nil }
        return ExpertAnnotator(
            expert: AccountedExpert(try directory.expert(id), time: time), passes: settings.votes,
            temperature: settings.temperature,
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
