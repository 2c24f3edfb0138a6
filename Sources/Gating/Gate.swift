/// Turns scores into a selection: which experts serve each row, and with what weight.
///
///     scores → transforms → normaliser → (selection-only transforms on a copy) → selector → weight policy
///
/// Almost every paper on gating replaces one of these pieces. The split into a score to choose by and a score to weigh
/// by is DeepSeek-V3's (arXiv:2412.19437, section 2.1.2): a bias may change who is chosen and must not change how much
/// the chosen count. The same gate serves questions and tokens; where scores come from is not its concern.
public struct Gate<Choice: Selector>: Sendable {
    private let rawTransforms: [any LogitTransform]
    private let choiceTransforms: [any LogitTransform]
    private let normaliser: any Normaliser
    private let selector: Choice
    private let weightPolicy: any WeightPolicy

    /// A gate of these pieces. Transforms run in the order given; those that reach the choice only run last.
    public init(
        transforms: [any LogitTransform] = [],
        normaliser: any Normaliser = Softmax(),
        selector: Choice,
        weightPolicy: any WeightPolicy = KeepWeights()
    ) {
        rawTransforms = transforms.filter { $0.reach == .choiceAndWeight }
        choiceTransforms = transforms.filter { $0.reach == .choiceOnly }
        self.normaliser = normaliser
        self.selector = selector
        self.weightPolicy = weightPolicy
    }

    /// Selects experts for every row, drawing from `random` where the selector needs chance. Rows take from the
    /// generator in order, so equal seeds give equal selections. Refuses scores of a width that a transform does not
    /// fit.
    public func select(
        _ scores: ScoreMatrix, using random: inout some RandomNumberGenerator
    ) throws(GateRefusal) -> Selection {
        try select(scores) { choosing, weighing, seats in
            selector.choose(from: choosing, weighing: weighing, into: &seats, using: &random)
        }
    }

    private func select(
        _ scores: ScoreMatrix, choose: (Span<Float>, Span<Float>, inout Seats) -> Void
    ) throws(GateRefusal) -> Selection {
        try checkWidth(scores.experts)
        var selection = Selection(expertCount: scores.experts, reservingRows: scores.rows)
        var weighing = [Float](repeating: 0, count: scores.experts)
        var choosing = choiceTransforms.isEmpty ? [] : weighing
        var seats = Seats()
        var seatWeights: [Float] = []
        for row in 0..<scores.rows {
            scores.copy(row: row, into: &weighing)
            normalise(&weighing)
            seats.clear()
            if choiceTransforms.isEmpty {
                choose(weighing.span, weighing.span, &seats)
            } else {
                transformForChoice(&choosing, from: weighing)
                choose(choosing.span, weighing.span, &seats)
            }
            seatWeights.removeAll(keepingCapacity: true)
            for expert in seats.experts {
                seatWeights.append(weighing[expert])
            }
            var span = seatWeights.mutableSpan
            weightPolicy.weigh(&span)
            selection.append(experts: seats.experts, weights: seatWeights)
        }
        return selection
    }

    private func normalise(_ row: inout [Float]) {
        var span = row.mutableSpan
        for transform in rawTransforms {
            transform.apply(to: &span)
        }
        normaliser.normalise(&span)
    }

    /// Fills `choosing` from the weighing scores and lets the selection-only transforms at it. Exclusion wins: no
    /// transform brings an excluded expert back.
    private func transformForChoice(_ choosing: inout [Float], from weighing: [Float]) {
        for expert in weighing.indices {
            choosing[expert] = weighing[expert]
        }
        var span = choosing.mutableSpan
        for transform in choiceTransforms {
            transform.apply(to: &span)
        }
        for expert in weighing.indices where !weighing[expert].isChoosable {
            span[expert] = .nan
        }
    }

    private func checkWidth(_ experts: Int) throws(GateRefusal) {
        for transform in rawTransforms + choiceTransforms {
            if let fitting = transform.expertCount, fitting != experts {
                throw GateRefusal(
                    subject: "\(type(of: transform))", found: "scores for \(experts) experts",
                    expected: "scores for \(fitting)")
            }
        }
    }
}

extension Gate where Choice: DeterministicSelector {
    /// Selects experts for every row, without chance. Refuses scores of a width that a transform does not fit.
    public func select(_ scores: ScoreMatrix) throws(GateRefusal) -> Selection {
        try select(scores) { choosing, weighing, seats in
            selector.choose(from: choosing, weighing: weighing, into: &seats)
        }
    }
}
