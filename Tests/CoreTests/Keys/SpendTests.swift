import Core
import Testing

struct SpendTests {
    @Test(arguments: [
        (0.04, 40_000_000), (0.000_000_04, 40), (0.000_000_000_1, 1), (0, 0), (-3, 0), (.nan, 0),
        (.infinity, Spend.most), (1e300, Spend.most),
    ])
    func moneyIsWholeBillionthsAndNeverRoundedDown(_ dollars: Double, nanodollars: Int) {
        #expect(Spend.nanodollars(dollars) == nanodollars)
    }

    @Test func theSameAmountsAddUpToTheSameWholeInAnyOrder() {
        // 0.1 + 0.2 is not 0.3 in floating point.
        let parts = [0.1, 0.2, 0.3].map { Spend(dollars: $0, usage: Usage(), calls: 1) }
        #expect(parts.reduce(.none, +).nanodollars == 600_000_000)
        #expect(parts.reversed().reduce(.none, +) == parts.reduce(.none, +))
    }

    @Test func whatAnExpertReportsCannotOverflow() {
        let usage = Usage(promptTokens: .max, completionTokens: .max)
        #expect(Spend(dollars: 1e99, usage: usage, calls: 1).tokens == 2 * Spend.most)
        #expect(Spend(dollars: 0, usage: Usage(promptTokens: -5, completionTokens: 2), calls: 1).tokens == 2)
    }

    @Test func onlyLimitedPartsPlayAPart() {
        let budget = KeyBudget(tokens: 10)
        #expect(
            budget.limited(Spend(nanodollars: 5, tokens: 6, calls: 7)) == Spend(nanodollars: 0, tokens: 6, calls: 0))
        #expect(budget.isLimited && !KeyBudget.unlimited.isLimited)
    }

    @Test func dollarsAreShownWithoutTrailingZerosAndWithoutExponent() {
        #expect([0.0004, 1, 0.000_001, 12.5, 0].map(\.inDollars) == ["0.0004", "1", "0.000001", "12.5", "0"])
        #expect((-0.25).inDollars == "-0.25")
    }
}
