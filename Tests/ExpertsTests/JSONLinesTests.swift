import Experts
import Testing

struct JSONLinesTests {
    @Test func doesNotCareHowTheBytesAreCut() throws {
        let bytes = Array("{\"a\":1}\n\r\n{\"é\":2}\r\n{\"c\":3}".utf8)
        for size in 1...bytes.count {
            var lines = JSONLines()
            var found: [String] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                found += try lines.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(found.map { $0.filter { !$0.isWhitespace } } == ["{\"a\":1}", "{\"é\":2}"])
            #expect(lines.isMidLine)
            #expect(lines.rest() == "{\"c\":3}")
            #expect(lines.rest() == nil)
        }
    }

    @Test func refusesALineBeyondTheBound() throws {
        var lines = JSONLines()
        let part = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<8 { _ = try lines.feed(part) }
        #expect(throws: WireSurprise.tooLong(limit: 8 << 20)) { try lines.feed([UInt8(ascii: "x")]) }
    }
}
