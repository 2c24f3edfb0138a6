/// Where a reading of a grammar may be, and where each byte leads from there: worked out once, then looked up.
///
/// A grammar may be read in several ways at once (`anyOf`), so a configuration is the set of all the places the bytes
/// so far may have led to; a place is a node and the stack of nodes to go on at when its rule ends. Stacks share their
/// lower parts, equal configurations are one number, and a byte's way is a look-up in a row of 256 after the first
/// time. This is the lazy determinisation of regular expression engines, with stacks.
///
/// Laws: places that cannot reach the end within the bound on nesting are left out, so from every configuration some
/// bytes lead to the end; when there are more places than the bound, the first ones stay, so what is
/// allowed stays valid.
struct ConfigurationTable: Sendable {
    /// A node to go on at, above those of `parent`.
    private struct Frame: Hashable {
        var next: Int32
        var parent: Int32
        /// Arrays and objects around what is read now.
        var nesting: Int32
    }

    /// Where one reading is.
    private struct Place: Hashable {
        var node: Int32
        var frame: Int32
    }

    /// No configuration: the bytes fit nowhere.
    static let nowhere: Int32 = -1
    private static let unknown: Int32 = -2

    private let network: RuleNetwork
    private let needs: [Int32]
    private var frames = [Frame(next: -1, parent: -1, nesting: 0)]
    private var frameNumbers: [Frame: Int32] = [:]
    private var places: [[Place]] = []
    private var ends: [Bool] = []
    private var numbers: [Reading: Int32] = [:]
    /// Row `c`, 256 long, is where each byte leads from configuration `c`.
    private var rows: [Int32] = []
    /// Where all plain bytes lead from each configuration, if that is one and the same.
    private var plainSteps: [Int32] = []

    private struct Reading: Hashable {
        var places: [Place]
        var mayEnd: Bool
    }

    /// A table for `network`, checked, whose first configuration is the beginning.
    init(_ network: RuleNetwork, needs: [Int32]) {
        self.network = network
        self.needs = needs
        let document = network.rules[0]
        _ = number(of: closure([Place(node: document.start, frame: 0)]))
    }

    /// The beginning of every document.
    static let beginning: Int32 = 0

    /// Whether it is time to forget.
    var isFull: Bool { places.count >= GrammarLimits.configurations }

    /// Whether the document may end here.
    func mayEnd(_ configuration: Int32) -> Bool { ends[Int(configuration)] }

    /// Whether any byte may follow.
    func goesOn(_ configuration: Int32) -> Bool { !places[Int(configuration)].isEmpty }

    /// Where `byte` leads from a configuration; `nowhere` if it may not follow.
    @inline(__always)
    mutating func step(_ configuration: Int32, _ byte: UInt8) -> Int32 {
        let known = rows[Int(configuration) << 8 | Int(byte)]
        return known == Self.unknown ? workOut(configuration, byte) : known
    }

    /// Whether any `count` plain bytes may follow; answers false where that depends on what they are, allowed or not.
    mutating func takesAnyPlain(_ configuration: Int32, _ count: Int32) -> Bool {
        var at = configuration
        for _ in 0..<count {
            let next = plainStep(at)
            if next == at { return true }
            guard next != Self.nowhere else { return false }
            at = next
        }
        return true
    }

    private mutating func plainStep(_ configuration: Int32) -> Int32 {
        let known = plainSteps[Int(configuration)]
        guard known == Self.unknown else { return known }
        let first = step(configuration, UInt8(ascii: " "))
        var isOne = first != Self.nowhere
        for byte: UInt8 in 0...0x7F where isOne && TokenTrie.isPlain(byte) {
            isOne = step(configuration, byte) == first
        }
        plainSteps[Int(configuration)] = isOne ? first : Self.nowhere
        return plainSteps[Int(configuration)]
    }

    /// Forgets all configurations but these, which get new numbers.
    mutating func forget(keeping kept: inout [Int32]) {
        let old = self
        frames.removeSubrange(1...)
        frameNumbers = [:]
        places = []
        ends = []
        numbers = [:]
        rows = []
        plainSteps = []
        let document = network.rules[0]
        _ = number(of: closure([Place(node: document.start, frame: 0)]))
        for (index, configuration) in kept.enumerated() {
            var reading = Reading(places: old.places[Int(configuration)], mayEnd: old.ends[Int(configuration)])
            for place in reading.places.indices {
                reading.places[place].frame = copy(reading.places[place].frame, of: old)
            }
            kept[index] = number(of: reading)
        }
    }

    private mutating func copy(_ frame: Int32, of old: ConfigurationTable) -> Int32 {
        var path: [Frame] = []
        var at = frame
        while at != 0 {
            path.append(old.frames[Int(at)])
            at = old.frames[Int(at)].parent
        }
        return path.reversed().reduce(0) { pushed($1.next, on: $0, nesting: $1.nesting) }
    }

    // MARK: Working out

    /// One step, kept for all neighbours of the byte that lead the same way.
    private mutating func workOut(_ configuration: Int32, _ byte: UInt8) -> Int32 {
        var seeds: [Place] = []
        var alike: ClosedRange<UInt8> = 0...255
        for place in places[Int(configuration)] {
            for edge in network.nodes[Int(place.node)].edges {
                if edge.bytes.contains(byte) {
                    alike = alike.clamped(to: edge.bytes)
                    seeds.append(Place(node: edge.target, frame: place.frame))
                } else if edge.bytes.lowerBound > byte {
                    alike = alike.clamped(to: 0...edge.bytes.lowerBound - 1)
                } else {
                    alike = alike.clamped(to: edge.bytes.upperBound + 1...255)
                }
            }
        }
        let reading = closure(seeds)
        let result = reading.places.isEmpty && !reading.mayEnd ? Self.nowhere : number(of: reading)
        let row = Int(configuration) << 8
        for neighbour in alike { rows[row | Int(neighbour)] = result }
        return result
    }

    /// All places that read a byte next, reached from `seeds` by jumping, entering and leaving rules.
    private mutating func closure(_ seeds: [Place]) -> Reading {
        var reading = Reading(places: [], mayEnd: false)
        var seen: Set<Place> = []
        var open = Array(seeds.reversed())
        while let place = open.popLast() {
            let frame = frames[Int(place.frame)]
            guard needs[Int(place.node)] + frame.nesting <= GrammarLimits.documentNesting,
                seen.insert(place).inserted
            else { continue }
            let node = network.nodes[Int(place.node)]
            if node.isEnd {
                if place.frame == 0 {
                    reading.mayEnd = true
                } else {
                    open.append(Place(node: frame.next, frame: frame.parent))
                }
                continue
            }
            if !node.edges.isEmpty, reading.places.count < GrammarLimits.choices { reading.places.append(place) }
            // Last in, first out: what was declared first is looked at first.
            for call in node.calls.reversed() {
                guard needs[Int(call.next)] + frame.nesting <= GrammarLimits.documentNesting else { continue }
                let rule = network.rules[Int(call.rule)]
                // Nothing is left to do behind the call: its rule may leave straight to where this one would.
                let isLast = rule.nesting == 0 && network.nodes[Int(call.next)].isEnd
                let inner =
                    isLast
                    ? place.frame : pushed(call.next, on: place.frame, nesting: frame.nesting + rule.nesting)
                open.append(Place(node: rule.start, frame: inner))
            }
            for target in node.jumps.reversed() { open.append(Place(node: target, frame: place.frame)) }
        }
        return reading
    }

    private mutating func pushed(_ next: Int32, on parent: Int32, nesting: Int32) -> Int32 {
        let frame = Frame(next: next, parent: parent, nesting: nesting)
        if let known = frameNumbers[frame] { return known }
        frames.append(frame)
        frameNumbers[frame] = Int32(frames.count - 1)
        return Int32(frames.count - 1)
    }

    private mutating func number(of reading: Reading) -> Int32 {
        var reading = reading
        reading.places.sort { ($0.node, $0.frame) < ($1.node, $1.frame) }
        if let known = numbers[reading] { return known }
        let number = Int32(places.count)
        numbers[reading] = number
        places.append(reading.places)
        ends.append(reading.mayEnd)
        rows.append(contentsOf: repeatElement(Self.unknown, count: 256))
        plainSteps.append(Self.unknown)
        return number
    }
}
