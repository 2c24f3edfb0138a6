/// Nudges who is chosen, to spread the load over the experts, without changing how much the chosen count.
///
/// `choose by s_i + b_i, weigh by s_i`. Source: auxiliary-loss-free balancing (ALF-LB, arXiv:2408.15664) and
/// DeepSeek-V3 (arXiv:2412.19437), which add the bias to the score *after* the sigmoid, as we do. The source also
/// learns `b` during training; here it is given.
public struct SelectionBias: LogitTransform {
    private let bias: [Float]

    /// One bias per expert, `[experts]`, in the unit of the normalised score; refuses a number that is not finite.
    public init(_ bias: [Float]) throws(GateRefusal) {
        for (expert, value) in bias.enumerated() where !value.isFinite {
            throw GateRefusal(
                subject: "SelectionBias", found: "\(value) for expert \(expert)", expected: "a finite number")
        }
        self.bias = bias
    }

    public var reach: TransformReach { .choiceOnly }

    public var expertCount: Int? { bias.count }

    public func apply(to row: inout MutableSpan<Float>) {
        for expert in row.indices {
            row[expert] += bias[expert]
        }
    }
}
