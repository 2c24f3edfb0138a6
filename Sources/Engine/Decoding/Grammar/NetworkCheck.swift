/// What must hold of a network before it is used, and how much nesting each node still needs.
///
/// Laws: after a check that throws nothing, the nodes reached without reading are few at each place, no rule enters
/// itself without reading, and from each node with a finite need the end of its rule is reached.
struct NetworkCheck {
    /// More nesting than any document has: no way leads to the end.
    static let endless = Int32.max / 2

    /// Levels of nesting that the easiest way from each node to the end of its rule enters.
    let needs: [Int32]

    init(_ network: RuleNetwork) throws(GrammarRefusal) {
        try Self.refuseLeftRecursion(network)
        try Self.refuseManyChoices(network)
        needs = Self.needs(network)
        let deepest = GrammarLimits.documentNesting
        guard needs[Int(network.rules[0].start)] <= Int32(deepest) else {
            throw GrammarRefusal("#", .impossible(deepest: deepest))
        }
    }

    /// The rules entered from the start of each without reading, in one walk over all of them; a circle is refused.
    private static func refuseLeftRecursion(_ network: RuleNetwork) throws(GrammarRefusal) {
        let entered = network.rules.map { rule in
            reach(from: rule.start, in: network).flatMap { network.nodes[Int($0)].calls.map(\.rule) }
        }
        enum Visit { case never, open, done }
        var visits = Array(repeating: Visit.never, count: entered.count)
        for first in entered.indices where visits[first] == .never {
            var path: [(rule: Int, next: Int)] = [(first, 0)]
            visits[first] = .open
            while let (rule, next) = path.last {
                guard next < entered[rule].count else {
                    visits[rule] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let callee = Int(entered[rule][next])
                switch visits[callee] {
                case .open: throw GrammarRefusal(network.rules[callee].place, .endlessReference)
                case .done: break
                case .never:
                    visits[callee] = .open
                    path.append((callee, 0))
                }
            }
        }
    }

    /// The nodes that jumps lead to from one, itself among them.
    private static func reach(from start: Int32, in network: RuleNetwork) -> [Int32] {
        var seen: Set<Int32> = [start]
        var found = [start]
        var at = 0
        while at < found.count {
            for target in network.nodes[Int(found[at])].jumps where seen.insert(target).inserted {
                found.append(target)
            }
            at += 1
        }
        return found
    }

    /// Counts, for each node, the nodes reached from it by jumps and by entering rules.
    private static func refuseManyChoices(_ network: RuleNetwork) throws(GrammarRefusal) {
        var seenIn = Array(repeating: -1, count: network.nodes.count)
        var open: [Int32] = []
        for root in network.nodes.indices {
            open.append(Int32(root))
            seenIn[root] = root
            var count = 0
            while let node = open.popLast() {
                count += 1
                guard count <= GrammarLimits.choices else {
                    throw GrammarRefusal("#", .tooManyChoices(most: GrammarLimits.choices))
                }
                for target in network.nodes[Int(node)].jumps { enter(target) }
                for call in network.nodes[Int(node)].calls { enter(network.rules[Int(call.rule)].start) }
            }
            func enter(_ target: Int32) {
                guard seenIn[Int(target)] != root else { return }
                seenIn[Int(target)] = root
                open.append(target)
            }
        }
    }

    /// The least solution of: 0 at an end; the least over edges, jumps and calls; a call needs its rule and what follows.
    private static func needs(_ network: RuleNetwork) -> [Int32] {
        var needs = network.nodes.map { $0.isEnd ? 0 : endless }
        var users = Array(repeating: [Int32](), count: network.nodes.count)
        for (index, node) in network.nodes.enumerated() {
            for edge in node.edges { users[Int(edge.target)].append(Int32(index)) }
            for target in node.jumps { users[Int(target)].append(Int32(index)) }
            for call in node.calls {
                users[Int(call.next)].append(Int32(index))
                users[Int(network.rules[Int(call.rule)].start)].append(Int32(index))
            }
        }
        var changed = network.rules.flatMap { users[Int($0.end)] }
        while let index = changed.popLast() {
            let node = network.nodes[Int(index)]
            var least = needs[Int(index)]
            for edge in node.edges { least = min(least, needs[Int(edge.target)]) }
            for target in node.jumps { least = min(least, needs[Int(target)]) }
            for call in node.calls {
                let rule = network.rules[Int(call.rule)]
                least = min(least, max(needs[Int(call.next)], needs[Int(rule.start)] + rule.nesting))
            }
            // Beyond what documents have, growing numbers tell nothing more.
            if least > GrammarLimits.documentNesting { least = endless }
            if least < needs[Int(index)] {
                needs[Int(index)] = least
                changed.append(contentsOf: users[Int(index)])
            }
        }
        return needs
    }
}
