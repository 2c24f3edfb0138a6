import Core
import Pipeline
import Testing

struct BackoffTests {
    @Test func waitsAreDrawnBelowADoublingCeiling() {
        // Full jitter: 0 … 0.25 s, 0.5 s, 1 s, 2 s, 4 s, then 8 s for good.
        let ceilings = [0.25, 0.5, 1, 2, 4, 8, 8, 8]
        let backoff = Backoff()
        var longest = Array(repeating: 0.0, count: ceilings.count)
        for seed in 0..<400 {
            var random = SeededRandom(seed: UInt64(seed))
            for (index, ceiling) in ceilings.enumerated() {
                let wait = backoff.wait(after: index + 1, using: &random).seconds
                #expect(wait >= 0 && wait < ceiling)
                longest[index] = max(longest[index], wait)
            }
        }
        for (ceiling, longest) in zip(ceilings, longest) { #expect(longest > 0.9 * ceiling) }
    }

    @Test func theSameSeedWaitsTheSame() {
        var (first, second) = (SeededRandom(seed: 5), SeededRandom(seed: 5))
        for tries in 1...3 {
            #expect(Backoff().wait(after: tries, using: &first) == Backoff().wait(after: tries, using: &second))
        }
    }
}
