import Gating
import Kernels

/// The weight experts of one layer: gated feed-forward blocks of one size, of which each token visits a few.
///
/// Tokens are grouped by expert, so that each expert's weights are read once for all its tokens. The sum over a token's
/// experts runs in the order of its seats, however the work was cut: the same numbers whatever the store and the
/// threads.
struct ExpertBank: Sendable {
    let stack: ExpertStack
    let store: any ExpertStore
    let activation: GatedActivation
    /// `[experts × inner]` and `[experts × width]`, row after row, or nil for none.
    var gateBias: [Float]?
    var upBias: [Float]?
    var downBias: [Float]?

    private var shape: ExpertShape { stack.shape }

    /// Writes `Σ weight · expert(x)` of each row's seats to the rows of `output`.
    func apply(_ x: ActivationRows, _ selection: Selection, into output: ActivationRows, layer: Int, _ pass: Pass) {
        let visits = ExpertVisits(selection)
        let memory = pass.bench.memory
        let made = memory.rows(visits.count, width: shape.width)
        memory.scope {
            let gathered = gather(x, visits, pass)
            let gate = memory.rows(visits.count, width: shape.inner)
            let up = memory.rows(visits.count, width: shape.inner)
            store.lend(stack, layer: layer, experts: visits.experts) { lent in
                var first: [Product] = []
                var second: [Product] = []
                for weights in lent {
                    let rows = visits.rows(of: weights.expert)
                    let input = visits.isGathered ? gathered.rows(rows) : gathered
                    first.append(Product(weights.gate, input, into: gate.rows(rows)))
                    first.append(Product(weights.up, input, into: up.rows(rows)))
                    second.append(Product(weights.down, gate.rows(rows), into: made.rows(rows)))
                }
                pass.bench.multiply(first, pass.form)
                for weights in lent {
                    let rows = visits.rows(of: weights.expert)
                    add(gateBias, of: weights.expert, to: gate.rows(rows))
                    add(upBias, of: weights.expert, to: up.rows(rows))
                    activation.apply(to: gate.rows(rows), up: up.rows(rows), pass)
                }
                pass.bench.multiply(second, pass.form)
                for weights in lent {
                    add(downBias, of: weights.expert, to: made.rows(visits.rows(of: weights.expert)))
                }
            }
        }
        combine(made, selection, visits, into: output, pass)
    }

    /// The rows of `x` in the order of the visits; a single row serves all its experts as it is.
    private func gather(_ x: ActivationRows, _ visits: ExpertVisits, _ pass: Pass) -> ActivationRows {
        guard visits.isGathered else { return x }
        let gathered = pass.bench.memory.rows(visits.count, width: x.width)
        pass.bench.forEach(visits.count) { visit in
            gathered[visit].update(from: x[visits.token[visit]], count: x.width)
        }
        return gathered
    }

    private func combine(
        _ made: ActivationRows, _ selection: Selection, _ visits: ExpertVisits, into output: ActivationRows,
        _ pass: Pass
    ) {
        pass.bench.forEach(output.count) { row in
            output[row].update(repeating: 0, count: shape.width)
            for seat in selection.seats(inRow: row) {
                WeightedAddition.add(
                    made[visits.visit[seat]], times: selection.weight[seat], to: output[row], count: shape.width)
            }
        }
    }

    private func add(_ bias: [Float]?, of expert: Int, to rows: ActivationRows) {
        guard let bias else { return }
        rows.add(Array(bias[expert * rows.width..<(expert + 1) * rows.width]))
    }
}

/// The sizes of a layer's weight experts.
struct ExpertShape: Equatable, Sendable {
    let count: Int
    /// Of what goes in and comes out.
    let width: Int
    /// Between the two halves of a block.
    let inner: Int
}
