import Support
import Testing
import Transport

/// What may go wrong on a connection that was kept from an earlier request.
@Suite(.timeLimit(.minutes(1)))
struct KeptConnectionTests {
    let transport = HTTPTransport()

    @Test func aRequestThatWasReadIsNotSentAgain() async throws {
        let server = try ScriptedSocketServer { _, index in index == 0 ? .json("first") : SocketReply([.reset]) }
        let request = HTTPRequest(method: "POST", url: server.url, body: Array("ask".utf8))
        #expect(try await transport.exchange(request).text == "first")
        #expect(await transport.failure(request) == .closedEarly(bytes: 0))
        let count = server.requests.count
        #expect(count == 2)
    }

    @Test func whatNobodyAskedForIsNoAnswer() async throws {
        let latch = Latch()
        let unasked = Array("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nunasked".utf8)
        let server = try ScriptedSocketServer { _, index in
            let answer = SocketReply.json(index == 0 ? "first" : "second")
            return index == 0 ? SocketReply(answer.steps + [latch.wait, .send(unasked)]) : answer
        }
        #expect(try await transport.exchange(HTTPRequest(url: server.url)).text == "first")
        let sent = server.bytesSent
        latch.open()
        #expect(await server.waits { $0.bytesSent == sent + unasked.count })
        let text = try await transport.exchange(HTTPRequest(url: server.url)).text
        #expect(text == "second")
    }

    /// So much that some of it is still to come when the connection is given up.
    @Test(arguments: [SocketReply.json("42"), SocketReply.stream(["4", "2"])])
    func afterAnAnswerThatGoesOnAndOnTheNextRequestHasAConnectionOfItsOwn(_ answer: SocketReply) async throws {
        let more = SocketReply.Step.send([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20))
        let server = try ScriptedSocketServer(SocketReply(answer.steps + [more]))
        let request = HTTPRequest(method: "POST", url: server.url, body: Array("ask".utf8))
        for asked in 1...50 {
            #expect(try await transport.exchange(request).text == "42")
            #expect(await server.waits(within: .seconds(5)) { $0.closedCount == asked })
        }
        #expect(server.requests.count == 50)
    }
}
