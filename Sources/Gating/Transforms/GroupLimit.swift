/// Lets only the experts of the best groups be chosen, so that a token's experts stay together.
///
/// A group's score is the sum of its `best` highest choosing scores; the `kept` groups that score most stay. Source: the
/// node-limited routing of DeepSeek-V3 (arXiv:2412.19437, section 2.1.2), where a group is the experts of a node and
/// `best` is 2 in the released model. Of equal groups the lower index stays. Groups are equal runs of experts.
public struct GroupLimit: LogitTransform {
    private let groups: Int
    private let kept: Int
    private let best: Int
    private let experts: Int

    /// `groups` equal groups of all `experts`, of which `kept` stay; refuses counts that do not go together.
    public init(groups: Int, kept: Int, experts: Int, best: Int = 2) throws(GateRefusal) {
        guard groups >= 1, experts >= groups, experts.isMultiple(of: groups) else {
            throw GateRefusal(
                subject: "GroupLimit.groups", found: "\(groups)", expected: "a divisor of the \(experts) experts")
        }
        guard (1...groups).contains(kept) else {
            throw GateRefusal(subject: "GroupLimit.kept", found: "\(kept)", expected: "1 to \(groups) groups")
        }
        guard best >= 1 else {
            throw GateRefusal(subject: "GroupLimit.best", found: "\(best)", expected: "a whole number of 1 or more")
        }
        (self.groups, self.kept, self.best, self.experts) = (groups, kept, best, experts)
    }

    public var reach: TransformReach { .choiceOnly }

    public var expertCount: Int? { experts }

    public func apply(to row: inout MutableSpan<Float>) {
        let size = experts / groups
        var scores: [Float] = []
        for group in 0..<groups {
            scores.append(score(of: group * size..<(group + 1) * size, in: row))
        }
        var waiting: [Int] = []
        BestFirst.begin(&waiting, scores: scores.span)
        var stays = [Bool](repeating: false, count: groups)
        for _ in 0..<kept {
            guard let group = BestFirst.takeBest(&waiting, scores: scores.span) else { break }
            stays[group] = true
        }
        for expert in row.indices where !stays[expert / size] {
            row[expert] = -.infinity
        }
    }

    /// The sum of the highest scores of some experts; excluded ones have no part.
    private func score(of experts: Range<Int>, in row: borrowing MutableSpan<Float>) -> Float {
        var highest: [Float] = []
        for expert in experts where row[expert].isChoosable {
            let place = highest.firstIndex { $0 < row[expert] } ?? highest.count
            highest.insert(row[expert], at: place)
            if highest.count > best { highest.removeLast() }
        }
        return highest.isEmpty ? -.infinity : highest.reduce(0, +)
    }
}
