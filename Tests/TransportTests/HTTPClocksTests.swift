import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPClocksTests {
    let transport = HTTPTransport()
    /// Longer than any of these tests takes.
    let long = Duration.seconds(50)
    static let half = SocketReply.stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")

    @Test func theConnectClockFiresWhenTheHandshakeIsNeverAnswered() async throws {
        // The server takes the connection and waits for the end of a request in plain text.
        let server = try ScriptedSocketServer(.hang)
        let clocks = HTTPClocks(connect: .milliseconds(200), firstByte: long, idle: long, total: long)
        let failure = await transport.failure(HTTPRequest(url: "https://127.0.0.1:\(server.port)/", clocks: clocks))
        #expect(failure == .clockFired(.connect, after: .milliseconds(200)))
    }

    @Test func theFirstByteClockFiresBeforeTheHead() async throws {
        let server = try ScriptedSocketServer(.hang)
        let clocks = HTTPClocks(connect: long, firstByte: .milliseconds(100), idle: long, total: long)
        let failure = await transport.failure(HTTPRequest(url: server.url, clocks: clocks))
        #expect(failure == .clockFired(.firstByte, after: .milliseconds(100)))
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func theFirstByteClockGoesOnAfterTheHead() async throws {
        let server = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"))
        let clocks = HTTPClocks(connect: long, firstByte: .seconds(1), idle: long, total: long)
        let response = try await transport.send(HTTPRequest(url: server.url, clocks: clocks))
        #expect(await response.body.nextFailure() == .clockFired(.firstByte, after: .seconds(1)))
    }

    @Test func aSlowFirstByteWithinItsClockIsFine() async throws {
        let server = try ScriptedSocketServer(
            SocketReply([.pause(.milliseconds(1_400))] + SocketReply.json("late").steps))
        let clocks = HTTPClocks(connect: .seconds(1), firstByte: long, idle: .seconds(1), total: long)
        #expect(try await transport.exchange(HTTPRequest(url: server.url, clocks: clocks)).text == "late")
    }

    // Shorter than the loop's longest pause, and longer.
    @Test(arguments: [Duration.milliseconds(200), .milliseconds(1_200)])
    func theIdleClockFiresInASilenceMidBody(_ idle: Duration) async throws {
        let server = try ScriptedSocketServer(Self.half)
        let clocks = HTTPClocks(connect: long, firstByte: long, idle: idle, total: long)
        let response = try await transport.send(HTTPRequest(url: server.url, clocks: clocks))
        #expect(try await response.body.next() == Array("half".utf8))
        let began = ContinuousClock.now
        #expect(await response.body.nextFailure() == .clockFired(.idle, after: idle))
        #expect(ContinuousClock.now - began >= idle)
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func theTotalClockFiresHoweverSteadyTheDrops() async throws {
        let server = try ScriptedSocketServer(
            .stream(Array(repeating: "drop", count: 2_000), pause: .milliseconds(20)))
        let clocks = HTTPClocks(connect: long, firstByte: long, idle: long, total: .milliseconds(300))
        let failure = await transport.failure(HTTPRequest(url: server.url, clocks: clocks))
        #expect(failure == .clockFired(.total, after: .milliseconds(300)))
    }

    @Test func theTotalClockFiresEvenIfNobodyReads() async throws {
        let server = try ScriptedSocketServer(Self.half)
        let clocks = HTTPClocks(connect: long, firstByte: long, idle: long, total: .seconds(1))
        let response = try await transport.send(HTTPRequest(url: server.url, clocks: clocks))
        #expect(await server.waits { $0.hangUps == 1 })
        #expect(try await response.body.next() == Array("half".utf8))
        #expect(await response.body.nextFailure() == .clockFired(.total, after: .seconds(1)))
    }

    @Test func waitingForAFreeConnectionIsNotConnecting() async throws {
        let narrow = HTTPTransport(limits: .init(hostConnections: 1))
        let latch = Latch()
        let server = try ScriptedSocketServer(SocketReply([latch.wait] + SocketReply.json("x").steps))
        let clocks = HTTPClocks(connect: .seconds(1), firstByte: long, idle: long, total: long)
        let request = HTTPRequest(url: server.url, clocks: clocks)
        async let first = narrow.exchange(request)
        async let second = narrow.exchange(request)
        #expect(await server.waits { $0.requests.count == 1 })
        try await Task.sleep(for: .milliseconds(1_400))
        latch.open()
        #expect(try await first.text + second.text == "xx")
    }

    @Test func lengthsBeyondReasonAreNoCrash() async throws {
        let server = try ScriptedSocketServer(.json("fine"))
        let forever = Duration.seconds(Int64.max)
        let clocks = HTTPClocks(connect: forever, firstByte: forever, idle: forever, total: forever)
        #expect(try await transport.exchange(HTTPRequest(url: server.url, clocks: clocks)).text == "fine")
        let silent = try ScriptedSocketServer(.hang)
        let failure = await transport.failure(HTTPRequest(url: silent.url, clocks: HTTPClocks(total: .seconds(-1))))
        #expect(failure == .clockFired(.total, after: .milliseconds(1)))
    }
}
