public import Core

/// A set of questions with known answers, and how they are asked and graded: a checked `SuiteSpec`.
public struct Suite: Sendable, Hashable {
    public let spec: SuiteSpec

    /// - Throws: a `Fault` if one of its patterns is none.
    public init(_ spec: SuiteSpec) throws {
        self.spec = spec
        for pattern in [spec.strict.pattern, spec.flexible.pattern, spec.fields.answerPattern ?? ""]
            + spec.metric.ignoring
        where !pattern.isEmpty {
            _ = try TextPattern(pattern, of: spec.name)
        }
    }

    /// What people type: `gsm8k`.
    public var id: String { spec.name }
    public var promptVersion: String { spec.version }
    public var shape: AnswerShape { spec.shape }
    public var maximumTokens: Int { spec.maximumTokens }

    /// The part of this name; the first for nil.
    public func part(_ name: String?) throws -> SuiteSpec.Part {
        if let part = name.map({ name in spec.parts.first { $0.name == name } }) ?? spec.parts.first { return part }
        throw Fault.unknown(.invalidRequest, "split of \(id)", named: name ?? "", among: spec.parts.map(\.name))
    }

    /// True if any of these questions is known to be in a part that runs are compared on: nothing may be learned from it.
    func holdsTestQuestions(_ questions: [GradedQuestion]) -> Bool {
        let openings = Set(spec.parts.filter { $0.purpose == .test }.compactMap(\.opening))
        guard !openings.isEmpty else { return false }
        return questions.contains { openings.contains(Fingerprint(of: $0.question).hex) }
    }

    /// Nothing is learned from questions that runs are compared on: numbers measured on them would be too good.
    ///
    /// - Parameters:
    ///   - part: the part that they are known to come from; nil if not known.
    ///   - what: what would be learned, as the beginning of a sentence.
    func refuseTestQuestions(_ questions: [GradedQuestion], part: String?, _ what: String) throws {
        let isTest = spec.parts.contains { $0.name == part && $0.purpose == .test }
        guard isTest || holdsTestQuestions(questions) else { return }
        let others = spec.parts.filter { $0.purpose == .validation }.map(\.name)
        throw Fault(
            .notAllowed, "suite \(id)", "these questions belong to its test part",
            expected:
                "\(what) from a validation part: what is measured on the questions it was learned from is too good",
            hint: others.isEmpty
                ? "This suite has no other part" : "Use --split \(others.joined(separator: " or "))")
    }

    /// What an expert is asked for one question.
    public func question(_ graded: GradedQuestion, sampling: Sampling) -> Question {
        var messages = spec.system.isEmpty ? [] : [Message(.system, spec.system)]
        for example in spec.examples {
            messages += [Message(.user, example.question), Message(.assistant, example.answer)]
        }
        return Question(
            messages: messages + [Message(.user, graded.extras?.prompt ?? graded.question)], sampling: sampling,
            shape: shape(of: graded))
    }

    /// The form of the answer to this question: with as many options as it has itself.
    func shape(of graded: GradedQuestion) -> AnswerShape {
        guard case .choice(let most) = spec.shape else { return spec.shape }
        let own = graded.extras?.options.count ?? 0
        return .choice(options: own >= 2 ? min(own, 26) : graded.extras?.optionCount ?? most)
    }
}

extension Suite {
    /// The name of the part that a file is, by its checksum; nil if it is none.
    public func part(holding path: String) throws -> String? {
        for part in spec.parts {
            guard let size = part.size, let known = part.sha256 else { continue }
            if try PartialFile.checksum(ofFileAt: path, size: size) == known { return part.name }
        }
        return nil
    }
}
