/// The books of a memory for weight experts: who is in it, how many bytes that makes, and who goes when room is needed.
///
/// Bytes are only numbers here, so that the books can be checked without a model. Laws: `bytes` never exceeds `budget`;
/// an expert that is lent never goes.
package struct ExpertAccounts {
    /// Most bytes in memory.
    package let budget: Int

    /// Bytes in memory now.
    package private(set) var bytes = 0

    /// Most bytes that were in memory at once.
    package private(set) var peakBytes = 0

    private struct Entry {
        let bytes: Int
        var lenders = 1
    }

    private var entries: [ExpertKey: Entry] = [:]
    // By layer, what a predictor asked for and the layer has not seen since: it goes only when nothing else can.
    private var expected: [Int: Set<Int>] = [:]
    private var policy: any EvictionPolicy

    /// Nothing yet.
    package init(budget: Int, policy: any EvictionPolicy) {
        self.budget = budget
        self.policy = policy
    }

    /// Whether the expert is in memory, or on its way there.
    package func holds(_ key: ExpertKey) -> Bool { entries[key] != nil }

    /// Notes what the next pass through `layer` needs.
    package mutating func note(_ experts: [Int], of layer: Int) {
        policy.note(experts, of: layer)
        expected[layer] = nil
    }

    /// Marks an expert as asked for by a predictor.
    package mutating func expect(_ key: ExpertKey) { expected[key.layer, default: []].insert(key.expert) }

    /// Lends an expert that is in memory: it stays until it was given back as often as it was lent.
    package mutating func lend(_ key: ExpertKey) { entries[key]?.lenders += 1 }

    /// Takes an expert back.
    package mutating func takeBack(_ key: ExpertKey) { entries[key]?.lenders -= 1 }

    /// Enters an expert of so many bytes, lent once, and tells who had to go; nil, with nobody gone, when what is lent
    /// leaves too little room. Somebody expected goes only for somebody who is `needed` now.
    package mutating func enter(_ key: ExpertKey, bytes size: Int, needed: Bool) -> [ExpertKey]? {
        guard let gone = size <= budget - bytes ? [] : makeRoom(for: size, needed: needed) else { return nil }
        entries[key] = Entry(bytes: size)
        bytes += size
        peakBytes = max(peakBytes, bytes)
        return gone
    }

    private mutating func makeRoom(for size: Int, needed: Bool) -> [ExpertKey]? {
        var (idle, awaited): ([ExpertKey], [ExpertKey]) = ([], [])
        var least = bytes
        for (key, entry) in entries where entry.lenders == 0 {
            let isAwaited = expected[key.layer]?.contains(key.expert) ?? false
            guard needed || !isAwaited else { continue }
            if isAwaited { awaited.append(key) } else { idle.append(key) }
            least -= entry.bytes
        }
        guard size <= budget - least else { return nil }
        var gone: [ExpertKey] = []
        while size > budget - bytes, let victim = policy.leastWorthy(of: idle.isEmpty ? awaited : idle) {
            if idle.isEmpty { awaited.removeAll { $0 == victim } } else { idle.removeAll { $0 == victim } }
            remove(victim)
            gone.append(victim)
        }
        return gone
    }

    /// Strikes an expert out, lent or not: it did not come.
    package mutating func remove(_ key: ExpertKey) {
        bytes -= entries.removeValue(forKey: key)?.bytes ?? 0
        expected[key.layer]?.remove(key.expert)
    }
}
