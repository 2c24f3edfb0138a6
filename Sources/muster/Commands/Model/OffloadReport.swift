import Engine

/// What `muster model offload` found, for people and scripts.
struct OffloadReport: Encodable {
    let expertBytes: Int
    let budgetBytes: Int
    let promptTokens: Int
    let generateTokens: Int
    let threads: Int
    let mapped: Speed
    let policies: [Policy]

    struct Speed: Encodable {
        let promptTokensPerSecond: Double
        let generateTokensPerSecond: Double

        init(_ run: OffloadWorkload.Run) {
            promptTokensPerSecond = run.promptTokensPerSecond
            generateTokensPerSecond = run.generateTokensPerSecond
        }
    }

    /// One policy's run. Hits and misses are of the tokens after the prompt, which itself finds nothing in memory.
    struct Policy: Encodable {
        let policy: String
        let hits: Int
        let misses: Int
        let hitRate: Double
        let evictions: Int
        let prefetched: Int
        /// Of the whole run.
        let bytesRead: Int
        let peakBytes: Int
        let secondsWaited: Double
        let speed: Speed
        /// Time for a token after the prompt, mapped being 1.
        let slowdown: Double

        init(_ name: String, _ run: OffloadWorkload.Run, mapped: OffloadWorkload.Run) {
            policy = name
            let (prompt, end) = run.statistics.map { ($0.prompt, $0.end) } ?? (nil, nil)
            hits = (end?.hits ?? 0) - (prompt?.hits ?? 0)
            misses = (end?.misses ?? 0) - (prompt?.misses ?? 0)
            hitRate = hits + misses == 0 ? 1 : Double(hits) / Double(hits + misses)
            evictions = end?.evictions ?? 0
            prefetched = end?.prefetched ?? 0
            bytesRead = end?.bytesRead ?? 0
            peakBytes = end?.peakBytes ?? 0
            secondsWaited = end?.secondsWaited ?? 0
            speed = Speed(run)
            slowdown = run.generateSeconds / mapped.generateSeconds
        }
    }

    var lines: [String] {
        var table = TextTable(
            ["policy", "hits", "read", "peak", "waited", "prompt", "tokens/s", "slowdown"],
            sides: [.left, .right, .right, .right, .right, .right, .right, .right])
        table.add([
            "mapped", "", "", "", "", mapped.promptTokensPerSecond.decimals(1),
            mapped.generateTokensPerSecond.decimals(1), "1.00",
        ])
        for policy in policies {
            table.add([
                policy.policy, (policy.hitRate * 100).decimals(1) + " %", Self.mebibytes(policy.bytesRead),
                Self.mebibytes(policy.peakBytes), policy.secondsWaited.asDuration,
                policy.speed.promptTokensPerSecond.decimals(1), policy.speed.generateTokensPerSecond.decimals(1),
                policy.slowdown.decimals(2),
            ])
        }
        return [
            "experts   \(Self.mebibytes(expertBytes)), of which \(Self.mebibytes(budgetBytes)) may be in memory",
            "tokens    \(promptTokens) of the prompt, then \(generateTokens) one at a time; \(threads) threads",
            "scores    the same bits in every run",
        ] + table.lines
    }

    private static func mebibytes(_ bytes: Int) -> String { (Double(bytes) / 1_048_576).decimals(1) + " MiB" }
}
