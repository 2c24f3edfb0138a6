import Gating
import Testing

struct IdentityTests {
    @Test func changesNothing() {
        let row: [Float] = [3, -1, .infinity, .nan, 0]
        #expect(agree(normalised(row, by: Identity()), row, within: 0))
    }
}
