public import Core

/// Everything the journey of a question needs, joined once by whoever starts the program.
public struct PipelineParts: Sendable {
    public var directory: ExpertDirectory
    /// In the order of the configuration.
    public var routes: [Route]
    public var needs: NeedFinder
    public var profiles: ProfileShelf
    /// Skills by name, for the instructions that experts get.
    public var skills: [SkillName: Skill]
    public var traces: any TraceStore
    /// Where the aggregator chosen on validation data is found; nil if nothing is kept.
    public var choices: (any ChoiceStore)?
    public var time: TimeSource
    /// Fresh randomness for seeds and trace ids.
    public var entropy: @Sendable () -> UInt64
    /// Whether traces hold what people wrote.
    public var keepsText: Bool
    /// Whether experts get the instructions of the skills a question needs.
    public var givesInstructions: Bool
    /// Whether experts are told the span they are called for even if the caller told none.
    public var followsTraces: Bool
    /// How fast experts have been of late.
    public var pulses = PulseBoard()
    /// What experts were found to do.
    public var capabilities = CapabilityShelf()
    /// Of which questions a second expert is asked too; nil for none.
    public var shadow: ShadowPolicy?
    /// In what experts have become worse.
    public var canaries = CanaryShelf()

    public init(
        directory: ExpertDirectory, routes: [Route], needs: NeedFinder, profiles: ProfileShelf, skills: [Skill],
        traces: any TraceStore, choices: (any ChoiceStore)? = nil, time: TimeSource,
        entropy: @escaping @Sendable () -> UInt64, keepsText: Bool = false, givesInstructions: Bool = true,
        followsTraces: Bool = false
    ) {
        self.directory = directory
        self.routes = routes
        self.needs = needs
        self.profiles = profiles
        self.skills = Dictionary(skills.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.traces = traces
        self.choices = choices
        self.time = time
        self.entropy = entropy
        self.keepsText = keepsText
        self.givesInstructions = givesInstructions
        self.followsTraces = followsTraces
    }

    /// Keeps a trace, without text unless that is switched on.
    func keep(_ trace: Trace) { traces.keep(keepsText ? trace : trace.withoutText) }

    func newTraceID() -> String { RandomName.make(entropy) }
}
