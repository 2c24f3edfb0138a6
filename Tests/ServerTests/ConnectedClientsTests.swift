import Core
import Testing

/// Over a real socket.
@Suite(.timeLimit(.minutes(1)))
struct ConnectedClientsTests {
    private static let streamed = Samples.chat(#""stream": true"#)
    private static let chat = "/v1/chat/completions"

    @Test(arguments: [false, true])
    func aClientThatHangsUpCancelsItsAnswer(_ isStreamed: Bool) async throws {
        let service = ScriptedService([.waits(Latch())])
        try await LoopbackServer.serving(service) { server in
            let client = try server.connect()
            try await client.post(Self.chat, isStreamed ? Self.streamed : Samples.chat())
            try await eventually { service.asked.count == 1 }
            #expect(service.cancellations == 0)
            client.close()
            try await eventually { service.cancellations == 1 }
        }
    }

    @Test func aClientThatHangsUpInMidStreamCancelsItsAnswer() async throws {
        let service = ScriptedService([.piece(.text("first")), .waits(Latch())])
        try await LoopbackServer.serving(service) { server in
            let client = try server.connect()
            try await client.post(Self.chat, Self.streamed)
            _ = try await client.receive(until: "first")
            client.close()
            try await eventually { service.cancellations == 1 }
            try await eventually { server.log.all.contains { $0.contains("failure=client_gone") } }
        }
    }

    @Test func oneClientThatLeavesDoesNotDisturbAnother() async throws {
        let latch = Latch()
        let service = ScriptedService([.piece(.text("first")), .waits(latch)])
        try await LoopbackServer.serving(service) { server in
            let (leaver, stayer) = (try server.connect(), try server.connect())
            for client in [leaver, stayer] {
                try await client.post(Self.chat, Self.streamed)
                _ = try await client.receive(until: "first")
            }
            leaver.close()
            try await eventually { service.cancellations == 1 }
            latch.open()
            _ = try await stayer.receive(until: "[DONE]")
            #expect(service.cancellations == 1)
        }
    }
}
