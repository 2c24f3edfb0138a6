import Engine
import Support

/// Runs needs for weight experts through the books of a memory, one after the other: what a store does, without bytes.
struct CacheReplay {
    var accounts: ExpertAccounts
    var misses = 0
    var evicted: [ExpertKey] = []

    /// Room for so many experts of one byte each.
    init(room: Int, _ policy: any EvictionPolicy) {
        accounts = ExpertAccounts(budget: room, policy: policy)
    }

    /// A pass through `layer` that needs `experts`, which all fit.
    mutating func need(_ experts: [Int], of layer: Int) {
        accounts.note(experts, of: layer)
        let keys = experts.map { ExpertKey(layer: layer, expert: $0) }
        let missing = keys.filter { !accounts.holds($0) }
        for key in keys where accounts.holds(key) { accounts.lend(key) }
        for key in missing {
            misses += 1
            evicted += accounts.enter(key, bytes: 1, needed: true) ?? []
        }
        for key in keys { accounts.takeBack(key) }
    }

    /// Misses of a sequence of experts of one layer, needed one at a time.
    static func misses(_ sequence: [Int], room: Int, _ policy: any EvictionPolicy) -> Int {
        var replay = CacheReplay(room: room, policy)
        for expert in sequence { replay.need([expert], of: 0) }
        return replay.misses
    }

    /// Misses of a whole trace, run in these passes.
    static func misses(_ trace: RoutingTrace, passes: [Int], room: Int, _ policy: any EvictionPolicy) -> Int {
        var replay = CacheReplay(room: room, policy)
        var token = 0
        for count in passes {
            for (index, layer) in trace.layers.enumerated() where trace.expertCounts[index] > 0 {
                let needed = Set((token..<token + count).flatMap { layer.experts(of: $0) })
                replay.need(needed.map { Int($0) }.sorted(), of: index)
            }
            token += count
        }
        return replay.misses
    }
}

extension RoutingTrace {
    /// A trace of one layer, one expert a token.
    static func single(_ sequence: [Int], experts: Int) -> RoutingTrace {
        var trace = RoutingTrace(expertCounts: [experts])
        for expert in sequence { trace.layers[0].append(experts: [UInt16(expert)], weights: [1]) }
        return trace
    }

    /// A random trace whose tokens often keep experts of the one before; `used` of each layer's experts a token.
    static func random(
        expertCounts: [Int], used: Int, tokens: Int, using random: inout TestRandom
    ) -> RoutingTrace {
        var trace = RoutingTrace(expertCounts: expertCounts)
        for (layer, count) in expertCounts.enumerated() where count > 0 {
            var chosen: [UInt16] = []
            for _ in 0..<tokens {
                chosen = chosen.filter { _ in Bool.random(using: &random) }
                while chosen.count < min(used, count) {
                    let expert = UInt16.random(in: 0..<UInt16(count), using: &random)
                    if !chosen.contains(expert) { chosen.append(expert) }
                }
                let weights = chosen.map { _ in Float.random(in: 0...1, using: &random) }
                trace.layers[layer].append(experts: chosen, weights: weights)
            }
        }
        return trace
    }
}
