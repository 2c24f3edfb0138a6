package import Core
package import Engine

extension SteeringPlan {
    /// What a question changes, as the engine takes it.
    package init(_ steering: Steering) {
        self.init()
        for (place, change) in steering.changes {
            switch change {
            case .mask: set(.mask, layer: place.layer, expert: place.expert)
            case .boost(let amount): set(.boost(Float(amount)), layer: place.layer, expert: place.expert)
            }
        }
    }

    /// Why a model with so many weight experts in each layer cannot follow it; nil if it can.
    package func obstacle(expertCounts: [Int]) -> SteeringObstacle? {
        guard expertCounts.contains(where: { $0 > 0 }) else { return .dense }
        if let misfit = misfit(expertCounts: expertCounts) {
            return .missing(layer: misfit.layer, expert: misfit.expert, counts: expertCounts)
        }
        return fewestLeft(expertCounts: expertCounts) < 1 ? .allMasked : nil
    }
}

/// Why a model cannot be steered as a question asks.
package enum SteeringObstacle: Equatable, Sendable, CustomStringConvertible {
    /// Every weight serves every token.
    case dense
    /// There is no such weight expert; with how many each layer has.
    case missing(layer: Int, expert: Int, counts: [Int])
    /// A layer would have nobody left.
    case allMasked

    package var description: String {
        switch self {
        case .dense: "the model is dense: it has no weight experts to steer"
        case .missing(let layer, let expert, let counts): Self.words(layer, expert, counts)
        case .allMasked: "every weight expert of a layer is masked"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .dense: "Leave it out, or ask a sparse mixture of experts"
        case .missing: "muster model inspect shows the layers and their experts"
        case .allMasked: "Leave at least one"
        }
    }

    private static func words(_ layer: Int, _ expert: Int, _ counts: [Int]) -> String {
        guard counts.indices.contains(layer) else {
            return "there is no layer \(layer); the model's layers are 0 to \(counts.count - 1)"
        }
        return counts[layer] == 0
            ? "layer \(layer) is dense: it has no weight experts"
            : "layer \(layer) has no weight expert \(expert); its experts are 0 to \(counts[layer] - 1)"
    }
}
