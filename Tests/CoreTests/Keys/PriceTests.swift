import Core
import Testing

struct PriceTests {
    // 1,000 tokens read, 400 of them from the cache, 200 written, at 3, 0.3 and 15 dollars a million:
    // 600 × 3 + 400 × 0.3 + 200 × 15 = 1,800 + 120 + 3,000 = 4,920 millionths.
    private let usage = Usage(promptTokens: 1000, completionTokens: 200, cachedTokens: 400)

    private func isAbout(_ dollars: Double, _ expected: Double) -> Bool { abs(dollars - expected) < 1e-12 }

    @Test func cachedTokensCostTheirOwnPrice() {
        #expect(isAbout(Price(input: 3, output: 15, cached: 0.3).dollars(for: usage), 0.00492))
    }

    @Test func withoutAPriceOfTheirOwnTheyCostAsMuchAsOthersAndNeverNothing() {
        #expect(isAbout(Price(input: 3, output: 15).dollars(for: usage), 0.006))
    }

    @Test func moreCachedTokensThanTokensAreNotBelieved() {
        let odd = Usage(promptTokens: 10, completionTokens: 0, cachedTokens: 1_000_000)
        #expect(isAbout(Price(input: 3, output: 15, cached: 0).dollars(for: odd), 0))
        #expect(isAbout(Price(input: 3, output: 15, cached: 1).dollars(for: odd), 0.00001))
    }

    @Test func aVersionIsItsNumbers() {
        let price = Price(input: 3, output: 15)
        #expect(price.version == Price(input: 3.0, output: 15).version)
        let others = [
            Price(input: 15, output: 3), Price(input: 3, output: 15, cached: 0), Price(input: 3.1, output: 15),
        ]
        #expect(Set(others.map(\.version) + [price.version]).count == 4)
        #expect(price.version.hasPrefix("p") && price.version.count == 9)
    }

    private func attempt(_ dollars: Double, reported: Double?) -> Attempt {
        Attempt(expert: "a", role: .seat, seconds: 1, usage: Usage(reportedDollars: reported), dollars: dollars)
    }

    @Test func anotherAmountOfTheProviderIsSaid() {
        #expect(
            attempt(0.02, reported: 0.77).priceMismatch == """
                a says that its answer cost $0.77, its price makes it $0.02: look at experts.a.price
                """)
        #expect(attempt(0, reported: 0.01).priceMismatch != nil)
        #expect(attempt(0.01, reported: 0).priceMismatch != nil)
    }

    @Test(arguments: [0.0100, 0.0109, 0.0091, nil] as [Double?])
    func roundingIsNoMismatch(_ reported: Double?) { #expect(attempt(0.01, reported: reported).priceMismatch == nil) }

    @Test func aHundredthOfAThousandthIsNoMismatch() { #expect(attempt(0, reported: 0.000_01).priceMismatch == nil) }
}
