import Glibc
import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TransferLoopTests {
    let transport = HTTPTransport()

    @Test func keepsAConnectionForTheNextRequest() async throws {
        let server = try ScriptedSocketServer(.json("again"))
        for _ in 0..<5 { #expect(try await transport.exchange(HTTPRequest(url: server.url)).text == "again") }
        #expect(server.requests.count == 5 && server.connectionCount == 1)
    }

    /// The close may be on its way while the next request goes out; that is then told, and the request is not sent
    /// again unasked.
    @Test func aKeptConnectionThatWasClosedIsNoEnd() async throws {
        // Each connection is closed after its answer, without saying so.
        let whole = SocketReply.json("once")
        let server = try ScriptedSocketServer(SocketReply(whole.steps + [.close]))
        for _ in 0..<5 {
            let request = HTTPRequest(method: "POST", url: server.url, body: Array("ask".utf8))
            var text: String?
            while text == nil {
                do {
                    text = try await transport.exchange(request).text
                } catch {
                    #expect(error == .closedEarly(bytes: 0))
                }
            }
            #expect(text == "once")
        }
        #expect(server.requests.map(\.text) == Array(repeating: "ask", count: 5))
    }

    @Test func carries64RequestsAtOnce() async throws {
        let everybodyIsHere = Latch()
        let server = try ScriptedSocketServer { request, index in
            if index == 63 { everybodyIsHere.open() }
            let whole = SocketReply.json(request.path)
            return SocketReply([everybodyIsHere.wait] + whole.steps)
        }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<64 {
                group.addTask { try await transport.exchange(HTTPRequest(url: "\(server.url)/\(number)")).text }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == Set((0..<64).map { "/\($0)" }))
        #expect(server.connectionCount == 64)
    }

    @Test func opensNoMoreConnectionsToAHostThanAllowed() async throws {
        let narrow = HTTPTransport(limits: .init(hostConnections: 2))
        let server = try ScriptedSocketServer(.json("in turn"))
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { _ = try await narrow.exchange(HTTPRequest(url: server.url)) } }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 20)
        #expect(server.connectionCount <= 2)
    }

    @Test func cancellingWhileWaitingForTheHeadHangsUp() async throws {
        let server = try ScriptedSocketServer(.hang)
        let request = HTTPRequest(url: server.url)
        let asking = Task { await transport.failure(request) }
        #expect(await server.waits { $0.requests.count == 1 })
        asking.cancel()
        #expect(await asking.value == .cancelled)
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func cancellingWhileWaitingForMoreOfTheBodyHangsUp() async throws {
        let server = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.next() == Array("half".utf8))
        let reading = Task { await response.body.nextFailure() }
        reading.cancel()
        #expect(await reading.value == .cancelled)
        #expect(await server.waits { $0.hangUps == 1 })
        // And stays over.
        #expect(await response.body.nextFailure() == .cancelled)
    }

    @Test func cancellingWhileConnectingEndsAtOnce() async throws {
        // The server accepts, but never answers the handshake.
        let server = try ScriptedSocketServer(.hang)
        let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
        let asking = Task { await transport.failure(request) }
        #expect(await server.waits { $0.connectionCount == 1 })
        asking.cancel()
        #expect(await asking.value == .cancelled)
    }

    @Test func cancellingOneLeavesTheOthersAlone() async throws {
        let latch = Latch()
        let server = try ScriptedSocketServer { request, _ in
            SocketReply([latch.wait] + SocketReply.json(request.path).steps)
        }
        let tasks = (0..<4).map { number in
            Task { try? await transport.exchange(HTTPRequest(url: "\(server.url)/\(number)")).text }
        }
        #expect(await server.waits { $0.requests.count == 4 })
        tasks[1].cancel()
        #expect(await tasks[1].value == nil)
        latch.open()
        for number in [0, 2, 3] { #expect(await tasks[number].value == "/\(number)") }
    }

    @Test func aTaskThatIsAlreadyCancelledSendsNothing() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        let request = HTTPRequest(url: server.url)
        let asking = Task {
            while !Task.isCancelled { await Task.yield() }
            return await transport.failure(request)
        }
        asking.cancel()
        #expect(await asking.value == .cancelled)
        // The next one is sent after it, so that it would have been seen.
        _ = try await transport.exchange(request)
        #expect(server.requests.count == 1)
    }

    @Test func everyEndComesOnceWhenManyAreCancelledAtRandomMoments() async throws {
        let server = try ScriptedSocketServer(.stream(Array(repeating: "hello", count: 20)))
        let url = server.url
        let ends = await withTaskGroup(of: TransportError?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let asking = Task { await transport.failure(HTTPRequest(url: url)) }
                    try? await Task.sleep(for: .microseconds(37 * (number % 50)))
                    asking.cancel()
                    return await asking.value
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ends.count == 200)
        #expect(ends.allSatisfy { $0 == nil || $0 == .cancelled })
        #expect(try await transport.exchange(HTTPRequest(url: url)).bytes.count == 100)
    }

    @Test func shuttingDownEndsWhatIsUnderWayAndRefusesWhatComes() async throws {
        let silent = try ScriptedSocketServer(.hang)
        let streaming = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        let response = try await transport.send(HTTPRequest(url: streaming.url))
        #expect(try await response.body.next() == Array("half".utf8))
        let request = HTTPRequest(url: silent.url)
        let asking = Task { await transport.failure(request) }
        let reading = Task { await response.body.nextFailure() }
        #expect(await silent.waits { $0.requests.count == 1 })
        transport.shutdown()
        #expect(await asking.value == .shutDown)
        #expect(await reading.value == .shutDown)
        #expect(await streaming.waits { $0.hangUps == 1 })
        #expect(await silent.waits { $0.hangUps == 1 })
        #expect(await transport.failure(request) == .shutDown)
        transport.shutdown()
        #expect(silent.connectionCount == 1)
    }

    @Test func manyTransportsComeAndGo() async throws {
        let server = try ScriptedSocketServer(.json("x"))
        for _ in 0..<50 { #expect(try await HTTPTransport().send(HTTPRequest(url: server.url)).status == 200) }
    }

    @Test func manyTransportsLeaveNoFileOpen() async {
        // A process of its own, because other tests open files meanwhile.
        await #expect(processExitsWith: .success) {
            let server = try ScriptedSocketServer(.json("x"))
            for _ in 0..<3 { _ = try await HTTPTransport().exchange(HTTPRequest(url: server.url)) }
            let before = OpenFiles.count
            for _ in 0..<50 {
                let transport = HTTPTransport()
                for host in ["127.0.0.1", "localhost"] {
                    let request = HTTPRequest(url: "http://\(host):\(server.port)/")
                    #expect(try await transport.exchange(request).text == "x")
                }
                transport.shutdown()
            }
            // The server's own ends are closed a moment later.
            #expect(await server.waits { _ in OpenFiles.count <= before + 2 })
        }
    }

    @Test func anUnusedConnectionThatIsClosedCostsNothing() async {
        // A process of its own, because its processor time is looked at.
        await #expect(processExitsWith: .success) {
            let server = try ScriptedSocketServer(SocketReply(SocketReply.json("x").steps + [.close]))
            let transport = HTTPTransport()
            for _ in 0..<20 { _ = try await transport.exchange(HTTPRequest(url: server.url)) }
            let before = clock()
            try await Task.sleep(for: .seconds(2))
            // A thread that is told of it again and again would take nearly all of the two seconds.
            #expect(clock() - before < CLOCKS_PER_SEC / 2)
        }
    }

    @Test func hundredsOfStreamsAtOnceEachGetTheirOwn() async throws {
        let everybodyIsHere = Latch()
        let width = 300
        let server = try ScriptedSocketServer { request, index in
            if index == width - 1 { everybodyIsHere.open() }
            let pieces = (0..<20).map { "\(request.path) \($0)\n" }
            return SocketReply([everybodyIsHere.wait] + SocketReply.stream(pieces, pause: .milliseconds(2)).steps)
        }
        let transport = HTTPTransport(limits: .init(connections: width, hostConnections: width))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<width {
                group.addTask {
                    let got = try await transport.exchange(HTTPRequest(url: "\(server.url)/\(number)"))
                    return got.text == (0..<20).map { "/\(number) \($0)\n" }.joined() ? 0 : 1
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test func aConnectionsNumberIsUsedAgainWithoutConfusion() async throws {
        // Every second connection is closed by the server, so that the system gives the same numbers again and again.
        let server = try ScriptedSocketServer { request, index in
            SocketReply(SocketReply.json(request.path).steps + (index % 2 == 0 ? [.close] : []))
        }
        try await withThrowingTaskGroup { group in
            for lane in 0..<8 {
                group.addTask {
                    for number in 0..<40 {
                        let path = "/\(lane)-\(number)"
                        let got = try await transport.exchange(HTTPRequest(url: server.url + path))
                        #expect(got.text == path)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// The files that this process has open.
private enum OpenFiles {
    static var count: Int { (0..<4_096).count { fcntl($0, F_GETFD) >= 0 } }
}
