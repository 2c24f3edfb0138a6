import Core
import Testing

struct NearestNameTests {
    @Test(arguments: [
        ("skil", "skill"), ("concurent", "concurrent"), ("Skill", "skill"), ("fxied", "fixed"), ("api-key", "api_key"),
    ])
    func findsWhatWasMeant(written: String, meant: String) {
        #expect(NearestName.of(written, among: ["skill", "fixed", "concurrent", "api_key", "value"]) == meant)
    }

    @Test func saysNothingWhenNothingIsClose() {
        #expect(NearestName.of("banana", among: ["skill", "fixed"]) == nil)
        #expect(NearestName.of("x", among: []) == nil)
    }

    @Test func swappedNeighboursAreOneSlip() {
        #expect(NearestName.distance(Array("fxied"), Array("fixed")) == 1)
        #expect(NearestName.distance(Array("kitten"), Array("sitting")) == 3)
        #expect(NearestName.distance(Array(""), Array("abc")) == 3)
    }
}
