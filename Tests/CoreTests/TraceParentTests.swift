import Core
import Foundation
import Testing

struct TraceParentTests {
    /// The example of the standard.
    private let example = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func readsAndWritesTheStandardsExample() throws {
        let place = try #require(TraceParent(example))
        #expect(place.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(place.spanID == "b7ad6b7169203331")
        #expect(place.isSampled)
        #expect(place.header == example)
        #expect(TraceParent(example.dropLast(2) + "00")?.isSampled == false)
        // Other flags are not ours; the lowest bit is what counts.
        #expect(TraceParent(example.dropLast(2) + "03")?.isSampled == true)
    }

    @Test(arguments: [
        "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-011",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
    ])
    func whatIsNotOfTheFormCountsAsNothing(_ header: String) { #expect(TraceParent(header) == nil) }

    @Test func aLaterVersionMaySayMore() {
        #expect(TraceParent("01" + example.dropFirst(2) + "-what-comes-later")?.spanID == "b7ad6b7169203331")
    }

    @Test func isKeptAsItsHeader() throws {
        let place = try #require(TraceParent(example))
        let kept = try JSONEncoder().encode([place])
        #expect(String(decoding: kept, as: UTF8.self) == "[\"\(example)\"]")
        #expect(try JSONDecoder().decode([TraceParent].self, from: kept) == [place])
    }

    @Test(arguments: ["a", "req-1", "4bf92f35-77b3.4da6_A:Z=1+2@host", String(repeating: "x", count: 128)])
    func aSafeRequestIDIsTakenUp(_ id: String) { #expect(RequestOrigin.safe(id) == id) }

    @Test(arguments: ["", "a b", "a\nb", "a\"b", "a/b", "ä", "<script>", "a,b", String(repeating: "x", count: 129)])
    func anUnsafeRequestIDIsNotRepeated(_ id: String) { #expect(RequestOrigin.safe(id) == nil) }
}
