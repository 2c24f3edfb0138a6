import Core
import Experts
import Testing

struct RetryPolicyTests {
    private let failed = Fault(.expertFailed, "math", "fell over")

    @Test func waitsAreDrawnBelowADoublingCeiling() {
        // Full jitter: 0 … 0.25 s, 0.5 s, 1 s, 2 s, 4 s, then 8 s for good.
        let ceilings = [0.25, 0.5, 1, 2, 4, 8, 8, 8]
        let policy = RetryPolicy(retries: 8)
        var longest = Array(repeating: 0.0, count: ceilings.count)
        for seed in 0..<400 {
            var random = SeededRandom(seed: UInt64(seed))
            for (index, ceiling) in ceilings.enumerated() {
                let wait = policy.wait(after: failed, tries: index + 1, using: &random)?.seconds ?? .infinity
                #expect(wait >= 0 && wait < ceiling)
                longest[index] = max(longest[index], wait)
            }
        }
        for (ceiling, longest) in zip(ceilings, longest) { #expect(longest > 0.9 * ceiling) }
    }

    @Test func theSameSeedWaitsTheSame() {
        var (first, second) = (SeededRandom(seed: 5), SeededRandom(seed: 5))
        let policy = RetryPolicy(retries: 3)
        for tries in 1...3 {
            #expect(
                policy.wait(after: failed, tries: tries, using: &first)
                    == policy.wait(after: failed, tries: tries, using: &second))
        }
    }

    @Test func givesUpAfterItsTries() {
        var random = SeededRandom(seed: 1)
        #expect(RetryPolicy(retries: 2).wait(after: failed, tries: 2, using: &random) != nil)
        #expect(RetryPolicy(retries: 2).wait(after: failed, tries: 3, using: &random) == nil)
        #expect(RetryPolicy(retries: 0).wait(after: failed, tries: 1, using: &random) == nil)
    }

    @Test(arguments: Fault.Code.allCases)
    func repeatsOnlyWhatMayPass(_ code: Fault.Code) {
        var random = SeededRandom(seed: 1)
        let wait = RetryPolicy(retries: 9).wait(after: Fault(code, "math", "x"), tries: 1, using: &random)
        #expect((wait != nil) == code.mayPass)
    }

    @Test func honoursAServersWishUnlessItIsTooLong() {
        var random = SeededRandom(seed: 1)
        var fault = Fault(.expertLimited, "math", "is busy")
        let policy = RetryPolicy(retries: 9)
        fault.retryAfterSeconds = 30
        #expect(policy.wait(after: fault, tries: 1, using: &random) == .seconds(30))
        fault.retryAfterSeconds = 30.5
        #expect(policy.wait(after: fault, tries: 1, using: &random) == nil)
    }
}
