/// Learns a selection-only bias that spreads the load: who was chosen too often is nudged down, who too rarely up.
///
///     b_i ← b_i + rate · sign(target_i − load_i)
///
/// after each batch, with load_i the seats that expert i held in it. Source: auxiliary-loss-free balancing
/// (arXiv:2408.15664; rate 0.001 in the released implementation), which DeepSeek-V3 took over (arXiv:2412.19437). There
/// every expert is to hold the same; here each may have a share of its own, or, and that is ours, only a most share: then
/// no bias rises above 0, and whoever stays below the share by itself is left alone. The bias goes into a gate as a
/// `SelectionBias`: it changes who is chosen and never how much the chosen count.
public struct LoadBalancer: Sendable, Hashable {
    /// The bias of each expert, `[experts]`, in the unit of the normalised score.
    public private(set) var bias: [Float]

    private let targets: [Double]
    private let rate: Float
    private let ceiling: Float

    /// Equal shares for `experts` experts.
    public init(experts: Int, rate: Float = 0.001) throws(GateRefusal) {
        try self.init(targets: [Double](repeating: 1, count: max(0, experts)), rate: rate)
    }

    /// No expert of `experts` is to hold more than `mostShare` of the seats; refuses less than all of them can bear.
    public init(experts: Int, mostShare: Double, rate: Float = 0.001) throws(GateRefusal) {
        guard mostShare * Double(experts) >= 1, mostShare <= 1 else {
            throw GateRefusal(
                subject: "LoadBalancer.mostShare", found: "\(mostShare) for \(experts) experts",
                expected: "a number from 1/\(experts) to 1")
        }
        try self.init(shares: [Double](repeating: mostShare, count: experts), rate: rate, ceiling: 0)
    }

    /// The wanted share of each expert, `[experts]`, in any unit; refuses negative ones, and a rate that is not above 0.
    public init(targets: [Double], rate: Float = 0.001) throws(GateRefusal) {
        let total = targets.reduce(0, +)
        guard targets.allSatisfy({ $0 >= 0 }), total.isFinite, total > 0 || targets.isEmpty else {
            throw GateRefusal(
                subject: "LoadBalancer.targets", found: "\(targets)",
                expected: "finite numbers of 0 or more, one of them above 0")
        }
        try self.init(shares: targets.map { $0 / total }, rate: rate, ceiling: .infinity)
    }

    private init(shares: [Double], rate: Float, ceiling: Float) throws(GateRefusal) {
        guard rate.isFinite, rate > 0 else {
            throw GateRefusal(subject: "LoadBalancer.rate", found: "\(rate)", expected: "a finite number above 0")
        }
        targets = shares
        self.rate = rate
        self.ceiling = ceiling
        bias = [Float](repeating: 0, count: shares.count)
    }

    /// Takes in who was chosen in a batch; a batch without seats changes nothing.
    public mutating func observe(_ selection: Selection) {
        var loads = [Int](repeating: 0, count: targets.count)
        for expert in selection.expert where loads.indices.contains(expert) { loads[expert] += 1 }
        observe(loads: loads)
    }

    /// Takes in how many seats each expert held in a batch, `[experts]`. Steps of a part of the rate, later in a series of
    /// batches, come nearer to the shares.
    public mutating func observe(loads: [Int], partOfRate: Float = 1) {
        precondition(loads.count == targets.count, "one load for each expert")
        let total = Double(loads.reduce(0, +))
        guard total > 0 else { return }
        for expert in loads.indices {
            let missing = targets[expert] * total - Double(loads[expert])
            let step = missing == 0 ? 0 : (missing > 0 ? rate : -rate) * partOfRate
            bias[expert] = min(ceiling, bias[expert] + step)
        }
    }

    /// The bias as a piece of a gate.
    public func transform() throws(GateRefusal) -> SelectionBias { try SelectionBias(bias) }
}
