/// Takes some experts out of every row: they are never chosen, whatever their score.
///
/// `z_i = excluded for every i outside the allowed set`; the shares of the others add up without them. Used wherever a
/// paper prunes or suppresses experts. We mark exclusion with NaN rather than minus infinity so that it survives any
/// normaliser and any bias added later. A mask that differs from row to row needs no transform: write `.nan` into the
/// scores.
public struct ExpertMask: LogitTransform {
    private let allowed: [Bool]

    /// Allows the experts whose entry is true, `[experts]`.
    public init(allowed: [Bool]) {
        self.allowed = allowed
    }

    /// Takes the named experts out of `expertCount`; refuses one that is not there.
    public init(excluding experts: [Int], of expertCount: Int) throws(GateRefusal) {
        var allowed = [Bool](repeating: true, count: max(0, expertCount))
        for expert in experts {
            guard allowed.indices.contains(expert) else {
                throw GateRefusal(
                    subject: "ExpertMask.excluding", found: "expert \(expert)",
                    expected: "an index from 0 up to, not including, \(expertCount)")
            }
            allowed[expert] = false
        }
        self.allowed = allowed
    }

    public var reach: TransformReach { .choiceAndWeight }

    public var expertCount: Int? { allowed.count }

    public func apply(to row: inout MutableSpan<Float>) {
        for expert in row.indices where !allowed[expert] {
            row[expert] = .nan
        }
    }
}
