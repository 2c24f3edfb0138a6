/// Puts a network together node by node, within the bound on their number.
struct NetworkBuilder {
    private(set) var network = RuleNetwork()
    /// Where in the schema the nodes now come from, for refusals.
    var place = "#"

    /// A new node without ways out.
    mutating func node() throws(GrammarRefusal) -> Int32 {
        guard network.nodes.count < GrammarLimits.nodes else {
            throw GrammarRefusal(place, .tooLarge(most: GrammarLimits.nodes))
        }
        network.nodes.append(RuleNetwork.Node())
        return Int32(network.nodes.count - 1)
    }

    /// A new rule, empty as yet; `nesting` is 1 for an array or object.
    mutating func rule(nesting: Int32 = 0) throws(GrammarRefusal) -> Int32 {
        let start = try node()
        let end = try node()
        network.nodes[Int(end)].isEnd = true
        network.rules.append(RuleNetwork.Rule(start: start, end: end, nesting: nesting, place: place))
        return Int32(network.rules.count - 1)
    }

    func start(of rule: Int32) -> Int32 { network.rules[Int(rule)].start }
    func end(of rule: Int32) -> Int32 { network.rules[Int(rule)].end }

    mutating func edge(_ from: Int32, _ bytes: ClosedRange<UInt8>, _ target: Int32) {
        network.nodes[Int(from)].edges.append(RuleNetwork.Edge(bytes: bytes, target: target))
    }

    mutating func edge(_ from: Int32, _ byte: Unicode.Scalar, _ target: Int32) {
        let byte = UInt8(ascii: byte)
        edge(from, byte...byte, target)
    }

    mutating func jump(_ from: Int32, _ target: Int32) {
        network.nodes[Int(from)].jumps.append(target)
    }

    mutating func call(_ rule: Int32, _ from: Int32, _ next: Int32) {
        network.nodes[Int(from)].calls.append(RuleNetwork.Call(rule: rule, next: next))
    }

    /// These bytes and no others; none at all is a jump.
    mutating func literal(_ bytes: [UInt8], _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        guard let last = bytes.last else { return jump(from, target) }
        var at = from
        for byte in bytes.dropLast() {
            let next = try node()
            edge(at, byte...byte, next)
            at = next
        }
        edge(at, last...last, target)
    }

    /// A mark of JSON, `:` or `,`, and one space or none behind it: more would let a model write spaces without end.
    mutating func mark(_ mark: Unicode.Scalar, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        let behind = try node()
        edge(from, mark, behind)
        edge(behind, " ", target)
        jump(behind, target)
    }

    /// Any one of `texts`, as a tree of their bytes, so that thousands of them cost one step each byte.
    mutating func alternatives(_ texts: [[UInt8]], _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        var children: [Int32: [UInt8: Int32]] = [:]
        let root = try node()
        jump(from, root)
        for text in texts {
            var at = root
            for byte in text {
                if let child = children[at]?[byte] {
                    at = child
                } else {
                    let child = try node()
                    edge(at, byte...byte, child)
                    children[at, default: [:]][byte] = child
                    at = child
                }
            }
            if !network.nodes[Int(at)].jumps.contains(target) { jump(at, target) }
        }
    }

    /// `least` to `most` bytes of a range, one after the other.
    mutating func repeated(
        _ bytes: ClosedRange<UInt8>, from least: Int, to most: Int, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        var at = from
        for count in 0..<most {
            if count >= least { jump(at, target) }
            let next = count == most - 1 ? target : try node()
            edge(at, bytes, next)
            at = next
        }
        if most == 0 { jump(from, target) }
    }
}
