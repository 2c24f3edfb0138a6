import Experts
import Testing

struct EventStreamTests {
    /// Every way that the standard allows to write two events.
    static let spellings = [
        "data: a\ndata: b\n\nevent: end\ndata: c\n\n",
        "data: a\r\ndata: b\r\n\r\nevent: end\r\ndata: c\r\n\r\n",
        "data: a\rdata: b\r\revent: end\rdata: c\r\r",
        "\u{FEFF}data:a\ndata:b\n\nevent:end\ndata:c\n\n",
        ": hello\ndata: a\n:\nid: 7\nretry: 10\ndata: b\n\n\n\nevent: end\ndata: c\n\n",
    ]
    static let events = [EventStream.Event(data: "a\nb"), EventStream.Event(name: "end", data: "c")]

    @Test(arguments: spellings)
    func readsEverySpelling(_ text: String) throws {
        var stream = EventStream()
        #expect(try stream.feed(Array(text.utf8)) == Self.events)
        #expect(!stream.isMidEvent)
    }

    @Test(arguments: spellings)
    func doesNotCareHowTheBytesAreCut(_ text: String) throws {
        for size in 1...7 {
            var stream = EventStream()
            var events: [EventStream.Event] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += try stream.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(events == Self.events, "cut into \(size)")
        }
    }

    @Test func keepsCharactersThatAreCutInTheMiddle() throws {
        var stream = EventStream()
        let events = try Array("data: {\"é\":\"漢字🙂\"}\n\n".utf8).flatMap { try stream.feed([$0]) }
        #expect(events == [.init(data: "{\"é\":\"漢字🙂\"}")])
    }

    @Test func takesOnlyOneSpaceAfterTheColonAndKeepsAMarkThatCombines() throws {
        var stream = EventStream()
        #expect(try stream.feed(Array("data:  a\n\n".utf8)) == [.init(data: " a")])
        // A combining accent after the colon must not swallow the colon.
        #expect(try stream.feed(Array("data:\u{301}x\n\n".utf8)) == [.init(data: "\u{301}x")])
    }

    @Test func leavesOutEventsWithoutData() throws {
        var stream = EventStream()
        #expect(try stream.feed(Array("event: ping\n\ndata\n\n".utf8)) == [.init(data: "")])
    }

    @Test func knowsThatItIsInTheMiddleOfAnEvent() throws {
        var stream = EventStream()
        _ = try stream.feed(Array("data: a".utf8))
        #expect(stream.isMidEvent)
        _ = try stream.feed(Array("\n".utf8))
        #expect(stream.isMidEvent)
        _ = try stream.feed(Array("\n".utf8))
        #expect(!stream.isMidEvent)
    }

    @Test func refusesAnEventBeyondTheBound() throws {
        let line = Array(("data: " + String(repeating: "x", count: 1 << 20) + "\n").utf8)
        var stream = EventStream()
        for _ in 0..<7 { _ = try stream.feed(line) }
        #expect(throws: WireSurprise.tooLong(limit: 8 << 20)) { for _ in 0..<2 { _ = try stream.feed(line) } }
    }

    @Test func endlessHeartbeatsAreNoLongEvent() throws {
        var stream = EventStream()
        let comment = Array((":" + String(repeating: "x", count: 1 << 20) + "\n").utf8)
        for _ in 0..<12 { #expect(try stream.feed(comment).isEmpty) }
    }
}
