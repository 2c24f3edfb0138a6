import Support
import Testing

/// `muster top` before a service whose figures are known.
struct TopCommandTests {
    /// Figures before and after: 4 chats, of which 3 took at most 0.5 s and one at most 1 s.
    private static func metrics(_ isLater: Bool) -> String {
        let n = isLater ? 1.0 : 0
        return """
            # TYPE muster_requests_total counter
            muster_requests_total{endpoint="chat",status="200"} \(100 + 4 * n)
            muster_requests_total{endpoint="metrics",status="200"} \(10 + 500 * n)
            muster_request_seconds_bucket{endpoint="chat",le="0.25"} \(7 + 0 * n)
            muster_request_seconds_bucket{endpoint="chat",le="0.5"} \(7 + 3 * n)
            muster_request_seconds_bucket{endpoint="chat",le="1.0"} \(7 + 4 * n)
            muster_request_seconds_bucket{endpoint="chat",le="+Inf"} \(7 + 4 * n)
            muster_requests_in_flight 3.0
            muster_open_streams 2.0
            muster_questions_total{route="auto",outcome="complete"} \(8 + 2 * n)
            muster_upstream_requests_total{expert="a",outcome="answered"} \(20 + 3 * n)
            muster_upstream_requests_total{expert="a",outcome="expert_failed"} \(1 + n)
            muster_expert_calls_in_flight{expert="a"} 1.0
            muster_expert_dollars_total{expert="a"} 0.5
            muster_build_info{version="9.9"} 1.0
            process_resident_memory_bytes 8.8080384e+07
            process_open_fds 32.0

            """
    }

    private static let health = """
        {"status":"ok","experts":[{"id":"a","state":"ready"},\
        {"id":"b","state":"resting","because":"it failed","retry_after_seconds":3}]}
        """

    private static let traces = """
        {"object":"list","data":[{"id":"x","at":1700000000000000,"route":"auto","outcome":"complete","seconds":0.42,\
        "dollars":0.000067,"usage":{"prompt_tokens":100,"completion_tokens":50},\
        "recruitment":{"seats":[{"expert":"a"},{"expert":"a"},{"expert":"b"}]}}]}
        """

    private func service(_ status: Int = 200) throws -> ScriptedSocketServer {
        try ScriptedSocketServer { request, number in
            if status != 200 { return .response(status, body: "{}") }
            return switch request.path {
            case "/metrics": .response(type: "text/plain", body: Self.metrics(number > 2))
            case "/healthz": .json(Self.health)
            default: .json(Self.traces)
            }
        }
    }

    @Test func printsOnePictureWhereNobodyWatches() async throws {
        let server = try service()
        let shown = try await Program(skills: false).run(
            "top", "--url", server.url + "/v1", "--interval", "100ms")
        #expect(shown.status == 0, "\(shown.errors)")
        let lines = shown.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(shown.output)")
        #expect(!shown.output.contains("\u{1B}"))
        #expect(lines[0].hasPrefix("muster 9.9   \(server.url)   ok"))
        // Its own request does not count; 500 looks at the figures are no questions.
        #expect(lines[1].contains("in flight 2   streams 2   errors 0/s"))
        // Two thirds of the way from 0.25 to 0.5 is where the second of four lies; the fourth is at the last fifth of the
        // way from 0.5 to 1: (0.95 × 4 − 3) / 1 = 0.8.
        #expect(lines[2].contains("p50 417 ms   p95 900 ms   first token p50 –"))
        // (3 + 1) calls to 2 questions in between.
        #expect(lines[4].contains("$0.5000 in all   calls a question 2.00"))
        #expect(lines[5].contains("84 MiB") && lines[5].contains("32 files"))
        let first = try #require(lines.first { $0.hasPrefix("a ") })
        // One of four calls in between failed.
        #expect(first.contains("ready") && first.contains("25 %"))
        #expect(lines.contains { $0.hasPrefix("b ") && $0.contains("resting") })
        #expect(lines.contains { $0.hasPrefix("22:13:20  auto   a,b      complete  420 ms     150  0.000067") })
    }

    @Test func saysThatAKeyIsWanted() async throws {
        let server = try service(401)
        let shown = try await Program(skills: false).run("top", "--url", server.url, "--once")
        #expect(shown.status == 2)
        #expect(!server.requests.isEmpty)
        #expect(shown.errors.contains("it wants a key. Name the variable that holds one with --key-env."))
    }

    @Test func sendsTheKeyOfTheNamedVariable() async throws {
        let server = try service()
        let shown = try await Program(skills: false).run(
            "top", "--url", server.url, "--once", "--interval", "100ms", "--key-env", "TOP_KEY",
            environment: ["TOP_KEY": "s3cret"])
        #expect(shown.status == 0)
        #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer s3cret" })
        let unset = try await Program(skills: false).run("top", "--key-env", "NO_SUCH_KEY")
        #expect(unset.status == 2 && unset.errors.contains("the variable NO_SUCH_KEY is not set"))
    }

    @Test func saysThatNobodyIsThere() async throws {
        let deaf = try ScriptedSocketServer.deafPort()
        let shown = try await Program(skills: false).run("top", "--url", "http://127.0.0.1:\(deaf)", "--once")
        #expect(shown.status == 1 && shown.errors.contains("it cannot be read"))
    }

    @Test(arguments: [["--interval", "fast"], ["--interval", "1ms"], ["--url", "localhost:8080"]])
    func refusesWhatItCannotRead(_ options: [String]) async throws {
        let shown = await (try Program(skills: false).start(["top"] + options)).end()
        #expect(shown.status == 2)
    }
}
