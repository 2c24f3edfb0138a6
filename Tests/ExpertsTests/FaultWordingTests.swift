import Core
import Experts
import Support
import Testing

/// Every sentence that people read when an expert behind HTTP fails, word by word, each from a real socket.
struct FaultWordingTests {
    /// Asks an expert whose server does this; returns what people read, with the port as PORT.
    private func sentence(
        _ reply: SocketReply, _ kind: ExpertKind = .openai, _ delivery: Delivery = .streamed, key: String? = nil,
        clocks: ExpertClocks = ExpertClocks()
    ) async throws -> (text: String, fault: Fault?) {
        let server = try ScriptedSocketServer(reply)
        defer { server.stop() }
        let expert = Sample.expert(Sample.spec(kind, at: server.url + "/v1", key: key, clocks: clocks))
        let fault = try await Sample.fault(of: expert, Question("2 + 2?"), delivery)
        return ((fault?.sentence ?? "no fault").replacing("\(server.port)", with: "PORT"), fault)
    }

    private static let log = "See the log of the server at http://127.0.0.1:PORT/v1."

    // MARK: Statuses

    @Test func tooManyQuestions() async throws {
        let (text, fault) = try await sentence(
            .response(429, headers: ["Retry-After: 7"], body: #"{"error":{"message":"Slow down"}}"#))
        #expect(text == "math: answers with status 429: Slow down. It takes questions again in 7 s.")
        #expect(fault?.code == .expertLimited && fault?.retryAfterSeconds == 7)
        let (without, _) = try await sentence(.response(429, body: "{}"))
        #expect(without == "math: answers with status 429: \"{}\". Lower experts.math.limits.concurrent.")
    }

    @Test func aBrokenServer() async throws {
        let (text, fault) = try await sentence(
            .response(502, type: "text/html", body: "<html>\n <h1>502 Bad\u{1B}[31m Gateway</h1>\r\n</html>"))
        #expect(text == "math: answers with status 502: \"<html> <h1>502 Bad[31m Gateway</h1> </html>\". " + Self.log)
        #expect(fault?.code == .expertFailed && fault?.retryAfterSeconds == nil)
        let (_, busy) = try await sentence(.response(503, headers: ["retry-after-ms: 1500"], body: ""))
        #expect(busy?.code == .expertFailed && busy?.retryAfterSeconds == 1.5)
    }

    @Test func aWrongKey() async throws {
        let (text, fault) = try await sentence(
            .response(401, body: #"{"error":{"message":"Bad key sk-12345 given"}}"#), key: "sk-12345")
        #expect(
            text
                == """
                math: answers with status 401: Bad key ${env.MATH_KEY} given. Check the key in the variable MATH_KEY.
                """
        )
        #expect(fault?.code == .expertRefused)
        let (without, _) = try await sentence(.response(403, body: #"{"message":"Who are you?"}"#))
        #expect(
            without == """
                math: answers with status 403: Who are you? It wants a key: write experts.math.api_key: "${env.NAME}".
                """)
    }

    @Test func aWrongModelOrAddress() async throws {
        let (text, fault) = try await sentence(.response(404, body: #"{"detail":"Not Found"}"#))
        #expect(
            text == """
                math: answers with status 404: Not Found. Check experts.math.base_url (http://127.0.0.1:PORT/v1) and \
                experts.math.model (m-1).
                """)
        #expect(fault?.code == .expertRefused)
    }

    @Test func aLongRefusalIsShortened() async throws {
        let long = String(repeating: "x", count: 10_000)
        let (text, fault) = try await sentence(.response(400, body: #"{"error":{"message":"\#(long)"}}"#))
        #expect(
            text == "math: answers with status 400: \(String(repeating: "x", count: 500))… " + Self.log)
        #expect(fault?.code == .expertRefused)
    }

    @Test func aRedirect() async throws {
        let (text, fault) = try await sentence(
            .response(301, headers: ["Location: https://elsewhere.test/v1"], body: ""))
        #expect(
            text == """
                math: answers with a redirect to https://elsewhere.test/v1. If that is right, write that address as \
                experts.math.base_url; redirects are not followed.
                """)
        #expect(fault?.code == .expertRefused)
    }

    // MARK: Answers that are none

    @Test func aPageInPlaceOfAnAnswer() async throws {
        let (text, fault) = try await sentence(
            .response(type: "text/html; charset=utf-8", body: "<!doctype html>\n<title>Welcome</title>"))
        #expect(
            text == """
                math: answers with text/html that is not JSON: "<!doctype html> <title>Welcome</title>". \
                Check experts.math.base_url (http://127.0.0.1:PORT/v1): is it the beginning of its API?
                """)
        #expect(fault?.code == .expertGarbled)
    }

    @Test func nothingInPlaceOfAnAnswer() async throws {
        let (text, _) = try await sentence(.response(type: nil, body: ""), .openai, .whole)
        #expect(
            text == """
                math: answers with an empty body (an unnamed type). \
                Check experts.math.base_url (http://127.0.0.1:PORT/v1): is it the beginning of its API?
                """)
    }

    @Test func otherJSON() async throws {
        let (text, fault) = try await sentence(.json(#"{"hello":1}"#))
        #expect(text == "math: sent JSON without choices[0].message. Check experts.math.kind: it is openai.")
        #expect(fault?.code == .expertGarbled)
    }

    @Test func anErrorInsideAnAnswer() async throws {
        let (whole, fault) = try await sentence(.json(#"{"error":{"message":"CUDA out of memory"}}"#), .openai, .whole)
        #expect(whole == "math: says \"CUDA out of memory\" in place of an answer. " + Self.log)
        #expect(fault?.code == .expertFailed)
        let (streamed, _) = try await sentence(.events([#"{"error":{"message":"CUDA out of memory"}}"#]))
        #expect(streamed == whole)
    }

    @Test func anEventThatIsNotJSON() async throws {
        let (text, fault) = try await sentence(.events(["{\"choices\":"]))
        #expect(text == "math: sent an event that is not JSON: \"{\"choices\":\". " + Self.log)
        #expect(fault?.code == .expertGarbled)
    }

    @Test func anEndlessEvent() async throws {
        let part = "data: " + String(repeating: "x", count: 1 << 20) + "\n"
        let (text, fault) = try await sentence(.stream(Array(repeating: part, count: 9)))
        #expect(text == "math: sent an event of more than 8 MiB. " + Self.log)
        #expect(fault?.code == .expertGarbled)
    }

    @Test func anEndlessAnswer() async throws {
        let body = "[" + String(repeating: " ", count: 33 << 20) + "]"
        let (text, fault) = try await sentence(.json(body), .openai, .whole)
        #expect(
            text == "math: sent an answer of more than 32 MiB. Check that http://127.0.0.1:PORT/v1 is its API.")
        #expect(fault?.code == .expertGarbled)
    }

    // MARK: Answers that end early

    private static let hello = #"{"choices":[{"index":0,"delta":{"content":"Hello"}}]}"#

    @Test func aStreamWithoutAnEnd() async throws {
        let (text, fault) = try await sentence(.events([Self.hello, Self.hello]))
        #expect(text == "math: ended its answer without an end mark, after 2 pieces. " + Self.log)
        #expect(fault?.code == .expertCutOff)
    }

    @Test func halfAnEvent() async throws {
        let (text, fault) = try await sentence(.stream(["data: \(Self.hello)\n\n", "data: {\"choi"]))
        #expect(text == "math: ended its answer in the middle of an event, after 1 pieces. " + Self.log)
        #expect(fault?.code == .expertCutOff)
    }

    @Test func halfALine() async throws {
        let (text, _) = try await sentence(
            .stream([OllamaWireTests.stream[1] + "\n{\"mess"], type: "application/x-ndjson"), .ollama)
        #expect(text == "math: ended its answer in the middle of an event, after 1 pieces. " + Self.log)
    }

    @Test(arguments: [StreamEnding.close, .reset])
    func aConnectionThatBreaks(_ ending: StreamEnding) async throws {
        let (text, fault) = try await sentence(.events([Self.hello], ending: ending))
        #expect(text == "math: closed the connection in the middle of its answer, after 61 bytes. " + Self.log)
        #expect(fault?.code == .expertCutOff)
    }

    @Test func aConnectionThatClosesWithoutAWord() async throws {
        let (text, fault) = try await sentence(SocketReply([.close]))
        #expect(text == "math: closed the connection before it answered. " + Self.log)
        #expect(fault?.code == .expertCutOff)
    }

    // MARK: Clocks

    @Test func noFirstToken() async throws {
        let (text, fault) = try await sentence(
            .hang, clocks: ExpertClocks(firstToken: .milliseconds(250), idle: .seconds(90), total: .seconds(90)))
        #expect(
            text
                == """
                math: no first token within 0.25 s. Raise experts.math.clocks.first_token, or choose a faster expert.
                """
        )
        #expect(fault?.code == .expertTimedOut)
    }

    @Test func aSilence() async throws {
        let (text, fault) = try await sentence(
            .events([Self.hello], ending: .hang),
            clocks: ExpertClocks(firstToken: .seconds(90), idle: .milliseconds(250), total: .seconds(90)))
        #expect(
            text == """
                math: a silence of more than 0.25 s in the middle of its answer. \
                Raise experts.math.clocks.idle, or choose a faster expert.
                """)
        #expect(fault?.code == .expertTimedOut)
    }

    @Test func anAnswerWithoutEnd() async throws {
        let (text, fault) = try await sentence(
            .stream(Array(repeating: ": still here\n\n", count: 200), pause: .milliseconds(20)),
            clocks: ExpertClocks(firstToken: .seconds(90), idle: .seconds(90), total: .milliseconds(250)))
        #expect(
            text == """
                math: no end of its answer within 0.25 s. Raise experts.math.clocks.total, or choose a faster expert.
                """)
        #expect(fault?.code == .expertTimedOut)
    }

    // MARK: No connection

    @Test func nobodyThere() async throws {
        let port = try ScriptedSocketServer.deafPort()
        let fault = try await Sample.fault(of: Sample.expert(Sample.spec(at: "http://127.0.0.1:\(port)/v1")))
        #expect(fault?.code == .expertUnreachable)
        let text = fault?.sentence.replacing("\(port)", with: "PORT") ?? ""
        #expect(text.hasPrefix("math: nobody answers at http://127.0.0.1:PORT/v1 ("))
        #expect(text.hasSuffix("). Start its server, or check experts.math.base_url."))
    }

    @Test func noTLSWhereSomeIsExpected() async throws {
        let server = try ScriptedSocketServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _, _ in .hang }
        defer { server.stop() }
        let fault = try await Sample.fault(of: Sample.expert(Sample.spec(at: "https://127.0.0.1:\(server.port)/v1")))
        #expect(fault?.code == .expertUnreachable)
        #expect(fault?.found.hasPrefix("no trusted connection to https://127.0.0.1:\(server.port)/v1 (") == true)
        #expect(
            fault?.hint == """
                Name its authority in experts.math.ca_file, or write http:// if it speaks no TLS; verification cannot \
                be switched off
                """)
    }

    @Test func anAddressThatIsNone() async throws {
        let fault = try await Sample.fault(of: Sample.expert(Sample.spec(at: "gopher://127.0.0.1/v1")))
        #expect(
            fault?.sentence == """
                experts.math: the address is not an http or https URL. Check its base_url, api_key, unix_socket and \
                ca_file.
                """)
        #expect(fault?.code == .invalidSettings)
    }
}
