import Foundation

/// A sparse mixture for the plain twin: one token after another, one expert after another.
struct PlainMixture {
    let file: PlainFile
    let layer: Int

    private var prefix: String { "blk.\(layer)." }

    /// What each token becomes, and the experts that it visited, best first.
    func callAsFunction(_ x: [[Double]]) throws -> (made: [[Double]], experts: [[Int]]) {
        let logits = try file.map(prefix + "ffn_gate_inp", x)
        let chosen = try logits.map { try choose($0) }
        let bank = try Bank(file, prefix: prefix + "ffn_", count: logits[0].count)
        var made = zip(x, chosen).map { token, seats in
            seats.reduce([Double](repeating: 0, count: token.count)) {
                sum($0, $1.weight * bank.made(of: token, by: $1.expert, file.family))
            }
        }
        if file.has(prefix + "ffn_gate_shexp.weight") {
            var shared = try PlainFeedForward.dense(file, layer: layer, suffix: "_shexp", x)
            if file.has(prefix + "ffn_gate_inp_shexp.weight") {
                let gate = try file.vector(prefix + "ffn_gate_inp_shexp.weight")
                shared = zip(shared, x).map { sigmoid(dot(gate, $1)) * $0 }
            }
            made = sum(made, shared)
        }
        return (made, chosen.map { $0.map { $0.expert } })
    }

    private func choose(_ logits: [Double]) throws -> [(expert: Int, weight: Double)] {
        let scores: [Double] =
            switch (file.family, file.count("expert_gating_func") ?? 1) {
            case (.gptOSS, _): logits
            case (_, 2): logits.map(sigmoid)
            default: softmax(logits)
            }
        var ranked = scores
        if file.has(prefix + "exp_probs_b.bias") { ranked = sum(scores, try file.vector(prefix + "exp_probs_b.bias")) }
        let open = inBestGroups(ranked)
        let best = ranked.indices.filter { open.contains($0) }.sorted { ranked[$0] > ranked[$1] }
        let experts = Array(best.prefix(try file.size("expert_used_count")))
        var weights = experts.map { scores[$0] }
        if file.family == .gptOSS { weights = softmax(weights) }
        if file.family.renormalises ?? file.flag("expert_weights_norm") ?? false {
            weights = (1 / weights.reduce(0, +)) * weights
        }
        return Array(zip(experts, (file.number("expert_weights_scale") ?? 1) * weights)).map { ($0, $1) }
    }

    /// The experts of the groups whose two best scores add up to most.
    private func inBestGroups(_ ranked: [Double]) -> Set<Int> {
        let groups = file.count("expert_group_count") ?? 1
        let size = ranked.count / groups
        let sums = pieces(ranked, of: size).map { $0.sorted(by: >).prefix(2).reduce(0, +) }
        let kept = sums.indices.sorted { sums[$0] > sums[$1] }.prefix(file.count("expert_group_used_count") ?? groups)
        return Set(kept.flatMap { $0 * size..<($0 + 1) * size })
    }

    /// The matrices and biases of a layer's experts.
    private struct Bank {
        private typealias Half = (weights: [[[Double]]], bias: [[Double]]?)
        private let gate: Half
        private let up: Half
        private let down: Half

        init(_ file: PlainFile, prefix: String, count: Int) throws {
            func half(_ name: String) throws -> Half {
                let stem = "\(prefix)\(name)_exps"
                return (
                    try file.matrices(stem + ".weight", count: count),
                    file.has(stem + ".bias") ? try file.rows(stem + ".bias") : nil
                )
            }
            (gate, up, down) = (try half("gate"), try half("up"), try half("down"))
        }

        func made(of token: [Double], by expert: Int, _ family: PlainFamily) -> [Double] {
            func map(_ half: Half, _ row: [Double]) -> [Double] {
                let product = half.weights[expert] * row
                return half.bias.map { sum(product, $0[expert]) } ?? product
            }
            return map(down, PlainFeedForward.opened(map(gate, token), map(up, token), family))
        }
    }
}
