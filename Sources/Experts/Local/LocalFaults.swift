import Core
import Engine

/// Words for everything that can go wrong with an expert that runs in this process.
struct LocalFaults: Sendable {
    let spec: ExpertSpec

    private var id: String { spec.card.id.rawValue }
    private var settings: String { "experts.\(spec.card.id)" }
    private var file: String { spec.card.model }

    /// A model that cannot be run; another expert may answer.
    func obstacle(_ obstacle: ModelObstacle) -> Fault {
        let hint =
            switch obstacle {
            case .unreadable: "Check \(settings).model"
            case .unfit: "Take another GGUF file, or serve this one with an OpenAI-compatible server and kind: openai"
            case .tooLarge: "Raise engine.memory, lower \(settings).context or engine.answers, or take a smaller file"
            case .expertCache: "Raise engine.expert_cache.bytes, or leave engine.expert_cache out"
            case .threads: "Lower engine.threads"
            }
        return Fault(.expertRefused, id, words(obstacle), hint: hint)
    }

    /// The same as one phrase, for its state.
    func words(_ obstacle: ModelObstacle) -> String {
        switch obstacle {
        case .unreadable(let why), .unfit(let why): "\(file) cannot be run: \(why.withoutStop)"
        case .tooLarge(let needed, let limit):
            "\(file) takes \(needed.asSize) with the caches of its answers, and all models together may take "
                + "\(limit.asSize)"
        case .expertCache(let found, let smallest):
            "one weight expert of \(file) takes \(smallest.asSize), and all of them together may take \(found.asSize)"
        case .threads(let count): "the system gives no \(count) threads to compute on"
        }
    }

    /// Whatever loading a model threw.
    func loading(_ error: any Error) -> any Error {
        if error is CancellationError || error is Fault { return error }
        return obstacle(error as? ModelObstacle ?? .unfit("\(error)"))
    }

    /// A conversation that the model's template does not write.
    func template(_ refusal: ChatTemplateRefusal) -> Fault {
        Fault(.expertRefused, id, "\(refusal)".withoutStop, hint: "Ask another expert")
    }

    /// A request that the engine does not take.
    func refused(_ refusal: GenerationRefusal) -> Fault {
        switch refusal {
        case .tooLong(let prompt, let context):
            Fault(
                .expertRefused, id,
                "the question has \(prompt) tokens and its context holds \(context), which leaves no room for an answer",
                hint: "Shorten the question, or raise \(settings).context if the model was made for more")
        case .emptyPrompt: Fault(.expertRefused, id, "the question has no text", hint: "Ask something")
        case .sampling(let refusal): parameter(refusal)
        case .closed: failed("its model was put away in the middle of the answer")
        default: failed("\(refusal)")
        }
    }

    /// A number of the request outside its range.
    func parameter(_ refusal: SamplingRefusal) -> Fault {
        switch refusal {
        case .parameter(let name, let found, let expected): wrong(name, "is \(found)", expected: expected)
        case .nothingToChoose: failed("\(refusal)")
        }
    }

    /// A member of the request with a value that it cannot have.
    func wrong(_ field: String, _ found: String, expected: String) -> Fault {
        Fault(.invalidRequest, id, "\(field) \(found)", expected: "Expected is \(expected.withoutStop)")
    }

    /// Weight experts that the model does not have.
    func steering(_ obstacle: SteeringObstacle) -> Fault {
        Fault(
            obstacle == .dense ? .unsupported : .invalidRequest, id, "muster.steering: \(obstacle)",
            hint: obstacle.hint)
    }

    /// A member of the request that a local expert cannot follow.
    func unsupported(_ field: String, _ found: String, hint: String) -> Fault {
        Fault(.unsupported, id, "\(field): \(found)", hint: hint)
    }

    /// An answer that broke.
    func failed(_ found: String) -> Fault { Fault(.expertFailed, id, found.withoutStop, hint: "Ask again") }
}

extension String {
    /// Sentences of the engine end with a full stop, which faults set themselves.
    fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension Int {
    /// Bytes as people read them: `9.3 GiB`, `812 MiB`.
    fileprivate var asSize: String {
        let units: [(name: String, size: Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        guard let unit = units.first(where: { self >= $0.size }) else { return "\(self) bytes" }
        // Tenths, rounded up: a need is not called smaller than it is.
        let tenths = (self / unit.size) * 10 + ((self % unit.size) * 10 + unit.size - 1) / unit.size
        return tenths.isMultiple(of: 10) ? "\(tenths / 10) \(unit.name)" : "\(tenths / 10).\(tenths % 10) \(unit.name)"
    }
}
