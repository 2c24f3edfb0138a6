import Server
import Testing

/// Clients that send a body only once they are told to (`Expect: 100-continue`).
@Suite(.timeLimit(.minutes(5)))
struct ExpectationTests {
    private static let go = "HTTP/1.1 100 Continue\r\n\r\n"

    private static func head(
        _ path: String = "/v1/chat/completions", version: String = "1.1", length: Int, expect: String = "100-continue"
    ) -> String {
        "POST \(path) HTTP/\(version)\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(length)\r\nExpect: \(expect)\r\n\r\n"
    }

    @Test(arguments: ["100-continue", "100-Continue"])
    func whoWaitsToBeToldIsTold(_ expect: String) async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            let body = Samples.chat()
            // The connection goes on after it.
            for _ in 0..<2 {
                client.forget()
                try await client.send(Self.head(length: body.utf8.count, expect: expect))
                #expect(try await client.receive(until: "\r\n\r\n") == Self.go)
                client.forget()
                try await client.send(body)
                let all = try await client.receive(until: "}}")
                #expect(all.hasPrefix("HTTP/1.1 200 ") && !all.lowercased().contains("connection: close"), "\(all)")
            }
        }
    }

    @Test func aFormIsAskedForToo() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            let body = #"{"model": "auto", "input": "x"}"#
            try await client.send(Self.head("/v1/responses", length: body.utf8.count))
            _ = try await client.receive(until: Self.go)
            try await client.send(body)
            #expect(try await client.receive(until: #""usage""#).contains("HTTP/1.1 200 "))
        }
    }

    @Test func aRefusalThatNeedsNoBodyStandsInItsPlaceAndEndsTheConnection() async throws {
        let options = ServiceOptions(maximumBody: 1000, keys: ["open-sesame"])
        try await LoopbackServer.serving(options: options) { server in
            let client = try server.connect()
            try await client.send(Self.head(length: 10))
            let all = try await client.receive(until: "}}")
            #expect(all.hasPrefix("HTTP/1.1 401 ") && all.lowercased().contains("connection: close\r\n"), "\(all)")
        }
        try await LoopbackServer.serving(options: ServiceOptions(maximumBody: 1000)) { server in
            let client = try server.connect()
            try await client.send(Self.head(length: 1001))
            let all = try await client.receive(until: "}}")
            #expect(all.hasPrefix("HTTP/1.1 413 ") && all.lowercased().contains("connection: close\r\n"), "\(all)")
        }
    }

    @Test func whoSendsTheBodyAtOnceIsToldNothing() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            let body = Samples.chat()
            try await client.send(Self.head(length: body.utf8.count) + body)
            #expect(try await client.receive(until: "}}").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func whoSpeaksAnOlderHTTPIsToldNothing() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            let body = Samples.chat()
            try await client.send(Self.head(version: "1.0", length: body.utf8.count))
            try await client.send(body)
            let all = try await client.receive(until: "}}")
            #expect(!all.contains("100 Continue") && all.contains(" 200 OK"), "\(all)")
        }
    }

    @Test func anotherExpectationIsNoneOfOurs() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            let body = Samples.chat()
            try await client.send(Self.head(length: body.utf8.count, expect: "a-miracle"))
            try await client.send(body)
            #expect(try await client.receive(until: "}}").hasPrefix("HTTP/1.1 200 "))
        }
    }
}
