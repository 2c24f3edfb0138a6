import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPBodyTests {
    let transport = HTTPTransport()

    @Test func handsOverPiecesInOrderAsTheyCome() async throws {
        let latches = (Latch(), Latch())
        let server = try ScriptedSocketServer(
            SocketReply([
                .send(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n".utf8)),
                latches.0.wait, .send(Array("3\r\ntwo\r\n".utf8)),
                latches.1.wait, .send(Array("0\r\nX-Trailer: ignored\r\n\r\n".utf8)),
            ]))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.next() == Array("one".utf8))
        latches.0.open()
        #expect(try await response.body.next() == Array("two".utf8))
        latches.1.open()
        #expect(try await response.body.next() == nil)
        #expect(try await response.body.next() == nil)
        #expect(response.header("x-trailer") == nil)
    }

    @Test func manyPiecesMakeTheWholeHoweverTheyAreCut() async throws {
        let pieces = (0..<300).map { String(repeating: "\($0),", count: 1 + $0 % 7) }
        let server = try ScriptedSocketServer(.stream(pieces))
        var bytes: [UInt8] = []
        for try await piece in try await transport.send(HTTPRequest(url: server.url)).body {
            #expect(!piece.isEmpty)
            bytes += piece
        }
        #expect(String(decoding: bytes, as: UTF8.self) == pieces.joined())
    }

    @Test func aBodyWithoutALengthEndsWithTheConnection() async throws {
        let server = try ScriptedSocketServer(.cut("HTTP/1.0 200 OK\r\n\r\nuntil the end"))
        let got = try await transport.exchange(HTTPRequest(url: server.url))
        #expect(got.text == "until the end" && got.response.version == "1.0")
    }

    @Test func aSlowReaderMakesTheServerWaitAndGetsEveryByte() async throws {
        // Beyond 20 MiB, because the system's own socket buffers may take some ten of them.
        let size = 40 << 20
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 251) }
        let server = try ScriptedSocketServer(
            SocketReply([.send(Array("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n".utf8)), .send(bytes)]))
        let clocks = HTTPClocks(idle: .seconds(1))
        let response = try await transport.send(HTTPRequest(url: server.url, clocks: clocks))
        var before = -1
        while before != server.bytesSent {  // until the server is stuck
            before = server.bytesSent
            try await Task.sleep(for: .milliseconds(300))
        }
        #expect(before < size - (1 << 20))
        // Longer than the idle clock, which must not run while nobody waits.
        try await Task.sleep(for: .milliseconds(1_200))
        #expect(server.bytesSent == before)
        var got: [UInt8] = []
        var longest = 0
        for try await piece in response.body {
            longest = max(longest, piece.count)
            got += piece
        }
        #expect(got == bytes)
        // A piece is all that was held for the reader: the mark of 256 KiB and what libcurl hands over at once.
        #expect(longest <= (256 << 10) + (64 << 10))
    }

    @Test func droppingTheBodyHangsUp() async throws {
        let server = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        #expect(try await transport.send(HTTPRequest(url: server.url)).status == 200)
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func droppingABodyThatWaitsForItsReaderHangsUp() async throws {
        let bytes = [UInt8](repeating: 1, count: 40 << 20)
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n".utf8)
        let server = try ScriptedSocketServer(SocketReply([.send(head), .send(bytes)]))
        #expect(try await transport.send(HTTPRequest(url: server.url)).body.next()?.isEmpty == false)
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func collectingRefusesMoreThanItsLimitAndHangsUp() async throws {
        let server = try ScriptedSocketServer(.stream(Array(repeating: "12345", count: 3), ending: .hang))
        let response = try await transport.send(HTTPRequest(url: server.url))
        await #expect(throws: TransportError.tooLarge(limit: 14)) { try await response.body.collect(upTo: 14) }
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func collectingTakesExactlyItsLimit() async throws {
        let server = try ScriptedSocketServer(.stream(Array(repeating: "12345", count: 3)))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.collect(upTo: 15).count == 15)
    }

    @Test func twoIteratorsShareTheBytes() async throws {
        let latch = Latch()
        let server = try ScriptedSocketServer(
            SocketReply([
                .send(Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\none".utf8)), latch.wait,
                .send(Array("two".utf8)),
            ]))
        let body = try await transport.send(HTTPRequest(url: server.url)).body
        var first = body.makeAsyncIterator()
        var second = body.makeAsyncIterator()
        #expect(try await first.next() == Array("one".utf8))
        latch.open()
        #expect(try await second.next() == Array("two".utf8))
        #expect(try await first.next() == nil)
    }

    @Test func collectingGoesOnAfterTheServerHadToWait() async throws {
        let bytes = (0..<(24 << 20)).map { UInt8(truncatingIfNeeded: $0 / 253) }
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n".utf8)
        let server = try ScriptedSocketServer(SocketReply([.send(head), .send(bytes)]))
        let response = try await transport.send(HTTPRequest(url: server.url))
        let first = try #require(try await response.body.next())
        // More than is held for a reader who takes a piece at a time, so that the server is asked to wait by now.
        var before = -1
        while before != server.bytesSent {
            before = server.bytesSent
            try await Task.sleep(for: .milliseconds(100))
        }
        let rest = try await response.body.collect(upTo: bytes.count)
        #expect(first + rest == bytes)
    }

    @Test func collectingABodyThatBreaksOffThrows() async throws {
        let server = try ScriptedSocketServer(.cut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        let response = try await transport.send(HTTPRequest(url: server.url))
        await #expect(throws: TransportError.closedEarly(bytes: 4)) { try await response.body.collect(upTo: .max) }
    }

    @Test func collectingNothingIsAnEmptyBody() async throws {
        let server = try ScriptedSocketServer(.response(204, type: nil, body: ""))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.collect(upTo: 0).isEmpty)
    }

    @Test func collectingIsIdleOnlyWhileNothingComes() async throws {
        // Together longer than the clock, which each piece winds up again.
        let drops = Array(repeating: "drop", count: 20)
        let server = try ScriptedSocketServer(.stream(drops, pause: .milliseconds(150)))
        let clocks = HTTPClocks(idle: .milliseconds(1_500))
        let response = try await transport.send(HTTPRequest(url: server.url, clocks: clocks))
        #expect(try await response.body.collect(upTo: 80) == Array(drops.joined().utf8))
        let silent = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        let short = HTTPClocks(idle: .milliseconds(200))
        let half = try await transport.send(HTTPRequest(url: silent.url, clocks: short))
        await #expect(throws: TransportError.clockFired(.idle, after: .milliseconds(200))) {
            try await half.body.collect(upTo: 10)
        }
        #expect(await silent.waits { $0.hangUps == 1 })
    }

    @Test func cancellingWhileCollectingHangsUp() async throws {
        let server = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        let response = try await transport.send(HTTPRequest(url: server.url))
        let collecting = Task { () -> TransportError? in
            do throws(TransportError) {
                _ = try await response.body.collect(upTo: 10)
                return nil
            } catch {
                return error
            }
        }
        collecting.cancel()
        #expect(await collecting.value == .cancelled)
        #expect(await server.waits { $0.hangUps == 1 })
    }
}
