import Engine
import Support
import Testing

struct TokenMaskTests {
    @Test(arguments: [0, 1, 63, 64, 65, 128, 1000]) func allAndNoneCountTheirTokens(tokenCount: Int) {
        #expect(TokenMask(noneOf: tokenCount).count == 0)
        #expect(TokenMask(noneOf: tokenCount).isEmpty)
        #expect(TokenMask(allOf: tokenCount).count == tokenCount)
        #expect(TokenMask(allOf: tokenCount).isEmpty == (tokenCount == 0))
        #expect(!TokenMask(allOf: tokenCount).contains(tokenCount))
        #expect(!TokenMask(allOf: tokenCount).contains(-1))
    }

    @Test func filledOneByOneItIsTheMaskOfAll() {
        var mask = TokenMask(noneOf: 70)
        for token in 0..<70 {
            mask.insert(token)
        }
        #expect(mask == TokenMask(allOf: 70))
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func agreesWithASet(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let tokenCount = Int.random(in: 1...300, using: &random)
        var mask = TokenMask(noneOf: tokenCount)
        var other = TokenMask(noneOf: tokenCount)
        var set: Set<Int> = []
        var otherSet: Set<Int> = []
        for _ in 0..<200 {
            let token = Int.random(in: 0..<tokenCount, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                mask.remove(token)
                set.remove(token)
            case 1:
                other.insert(token)
                otherSet.insert(token)
            default:
                mask.insert(token)
                set.insert(token)
            }
        }
        #expect(mask.count == set.count)
        #expect((0..<tokenCount).allSatisfy { mask.contains($0) == set.contains($0) })
        mask.formIntersection(other)
        set.formIntersection(otherSet)
        #expect((0..<tokenCount).filter { mask.contains($0) } == set.sorted())
        #expect(mask.isEmpty == set.isEmpty)
    }
}
