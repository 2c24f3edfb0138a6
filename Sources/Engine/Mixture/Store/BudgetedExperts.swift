import Dispatch
import Foundation

/// Lends copies of weight experts from a memory of at most so many bytes; what is not there is read from the file.
///
/// Reading goes past the mapping, whose pages would stay in memory beside the copies. A layer that needs more than fits
/// is lent in several waves. An expert that cannot be read any more is lent from the mapping instead. Sources: the
/// cache and the read-ahead of ExpertFlow (arXiv:2410.17954).
final class BudgetedExperts: ExpertStore, ExpertPrefetching, @unchecked Sendable {
    /// Most bytes of copies.
    let budget: Int
    private let stacks: [ExpertStack?]
    private let largest: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let queue = DispatchQueue(label: "muster.experts.read-ahead", qos: .utility)

    // Everything below changes only while `condition` is locked, which is not held while a file is read or a body runs.
    private let condition = NSCondition()
    private var accounts: ExpertAccounts
    private var copies: [ExpertKey: Copy] = [:]
    private var predictor: (any ExpertPredictor)?
    // How often each layer was passed: tells a guess that comes too late.
    private var passes: [Int]
    // The layer that is lent just now; nothing of it is read ahead, so that only the pass itself enters its experts.
    private var lentLayer: Int?
    private var counted = ExpertStoreStatistics()

    private struct Copy {
        let memory: ExpertCopy
        let weights: ExpertWeights
    }

    /// A memory of `budget` bytes for the experts in `stacks`, by layer. Throws `ModelRefusal` when it holds not one.
    init(
        stacks: [ExpertStack?], budget: Int, policy: any EvictionPolicy, predictor: (any ExpertPredictor)?,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) throws(ModelRefusal) {
        largest = stacks.compactMap { $0.map(ExpertCopy.byteCount) }.max() ?? 0
        guard budget >= largest else { throw .expertBudget(bytes: budget, smallest: largest) }
        self.budget = budget
        self.stacks = stacks
        self.predictor = predictor
        self.now = now
        accounts = ExpertAccounts(budget: budget, policy: policy)
        passes = stacks.map { _ in 0 }
    }

    /// What was needed, found and read until now.
    var statistics: ExpertStoreStatistics {
        condition.withLock {
            var statistics = counted
            statistics.peakBytes = accounts.peakBytes
            return statistics
        }
    }

    // MARK: lending

    func lend(_ stack: ExpertStack, layer: Int, experts: [Int], _ body: ([ExpertWeights]) -> Void) {
        condition.lock()
        defer { condition.unlock() }
        accounts.note(experts, of: layer)
        passes[layer] += 1
        lentLayer = layer
        defer { lentLayer = nil }
        // What is there is lent first, so that making room for the rest cannot drive it out.
        let keys = experts.map { ExpertKey(layer: layer, expert: $0) }
        let kept = keys.filter { accounts.holds($0) }
        for key in kept { accounts.lend(key) }
        var missing = keys.filter { !accounts.holds($0) }
        look(ahead: layer, experts)
        var wave: [ExpertWeights] = []
        for key in kept {
            if let weights = awaited(key) { wave.append(weights) } else { missing.append(key) }
        }
        counted.hits += wave.count
        counted.misses += missing.count
        repeat {
            while let key = missing.first, let weights = entered(key, of: stack) {
                missing.removeFirst()
                wave.append(weights)
            }
            precondition(!wave.isEmpty || experts.isEmpty, "a budget holds one expert beside what is read ahead")
            condition.unlock()
            body(wave)
            condition.lock()
            for weights in wave { accounts.takeBack(ExpertKey(layer: layer, expert: weights.expert)) }
            wave = []
        } while !missing.isEmpty
    }

    /// The weights of an expert that is in memory or on its way; nil when it did not come.
    private func awaited(_ key: ExpertKey) -> ExpertWeights? {
        if copies[key] == nil, accounts.holds(key) {
            let start = now()
            while copies[key] == nil, accounts.holds(key) { condition.wait() }
            counted.secondsWaited += Self.seconds(now() - start)
        }
        return copies[key]?.weights
    }

    /// The weights of an expert that is not in memory, read into it; nil when what is lent leaves no room.
    private func entered(_ key: ExpertKey, of stack: ExpertStack) -> ExpertWeights? {
        guard let memory = room(for: key, of: stack, needed: true) else { return nil }
        let start = now()
        defer { counted.secondsWaited += Self.seconds(now() - start) }
        return read(key, of: stack, into: memory) ?? stack[key.expert]
    }

    // MARK: reading

    /// Memory for an expert, entered in the accounts as lent; nil when there is too little.
    private func room(for key: ExpertKey, of stack: ExpertStack, needed: Bool) -> ExpertCopy? {
        let size = ExpertCopy.byteCount(of: stack)
        guard let gone = accounts.enter(key, bytes: size, needed: needed) else { return nil }
        counted.evictions += gone.count
        let left = gone.compactMap { copies.removeValue(forKey: $0)?.memory }
        return left.first { $0.byteCount == size } ?? ExpertCopy(byteCount: size)
    }

    /// Reads an expert that is entered; nil, with the entry struck out, when the file does not give it.
    private func read(_ key: ExpertKey, of stack: ExpertStack, into memory: ExpertCopy) -> ExpertWeights? {
        condition.unlock()
        let weights = try? memory.fill(from: stack[key.expert])
        condition.lock()
        defer { condition.broadcast() }
        guard let weights else {
            accounts.remove(key)
            counted.failedReads += 1
            return nil
        }
        copies[key] = Copy(memory: memory, weights: weights)
        counted.bytesRead += weights.gate.byteCount + weights.up.byteCount + weights.down.byteCount
        return weights
    }

    // MARK: reading ahead

    func prefetch(layer: Int, experts: [Int]) {
        condition.withLock { ask(layer: layer, experts) }
    }

    private func look(ahead layer: Int, _ experts: [Int]) {
        guard let guess = predictor?.guess(after: layer, experts: experts) else { return }
        ask(layer: guess.layer, guess.experts)
    }

    private func ask(layer: Int, _ experts: [Int]) {
        // Room for two keeps one free for the pass itself, which so never waits for a guess to arrive.
        guard accounts.budget / 2 >= largest, layer != lentLayer, stacks.indices.contains(layer),
            let stack = stacks[layer]
        else { return }
        let pass = passes[layer]
        for expert in experts where expert >= 0 && expert < stack.shape.count {
            let key = ExpertKey(layer: layer, expert: expert)
            if accounts.holds(key) {
                accounts.expect(key)
            } else {
                queue.async { [weak self] in self?.readAhead(key, of: stack, pass: pass) }
            }
        }
    }

    private func readAhead(_ key: ExpertKey, of stack: ExpertStack, pass: Int) {
        condition.withLock {
            guard passes[key.layer] == pass, !accounts.holds(key),
                let memory = room(for: key, of: stack, needed: false)
            else { return }
            accounts.expect(key)
            if read(key, of: stack, into: memory) != nil { counted.prefetched += 1 }
            accounts.takeBack(key)
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
