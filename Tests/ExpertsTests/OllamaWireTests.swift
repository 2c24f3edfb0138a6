import Core
import Experts
import Testing

struct OllamaWireTests {
    private var spec: ExpertSpec {
        var spec = Sample.spec(.ollama)
        spec.card.context = 8192
        spec.keepAlive = "5m"
        return spec
    }

    @Test func asksWithContextAndKeepAlive() throws {
        let question = Question(
            messages: [
                Message(.system, "Be brief."),
                Message(role: .user, parts: [.text("What?"), .image(url: "data:image/png;base64,QUJD")]),
            ], sampling: Sampling(temperature: 0, topP: 0.9, maximumTokens: 64, seed: 7, stop: ["END"]))
        let request = try OllamaWire(spec: spec).request(question, delivery: .streamed)
        #expect(request.path == "/api/chat")
        #expect(
            try WireReading.body(of: request) == """
                {"keep_alive":"5m","messages":[{"content":"Be brief.","role":"system"},\
                {"content":"What?","images":["QUJD"],"role":"user"}],"model":"m-1",\
                "options":{"num_ctx":8192,"num_predict":64,"seed":7,"stop":["END"],"temperature":0,"top_p":0.9},\
                "stream":true}
                """)
    }

    @Test func aBareKeepAliveIsANumber() throws {
        var spec = spec
        spec.keepAlive = "-1"
        #expect(try OllamaWire(spec: spec).request(Question("?"), delivery: .whole).json["keep_alive"] == .integer(-1))
    }

    @Test func refusesPicturesByAddress() throws {
        let question = Question(messages: [Message(role: .user, parts: [.image(url: "https://a/b.png")])])
        let fault = #expect(throws: Fault.self) { try OllamaWire(spec: spec).request(question, delivery: .whole) }
        #expect(
            fault?.sentence
                == """
                math: takes pictures only as data: addresses. Send the picture itself as data:image/png;base64,…
                """)
        #expect(fault?.code == .unsupported)
    }

    static let stream = [
        #"{"message":{"role":"assistant","content":"","thinking":"hm"},"done":false}"#,
        #"{"message":{"role":"assistant","content":"Fo"},"done":false}"#,
        #"{"message":{"role":"assistant","content":"ur"},"done":false}"#,
        #"{"message":{"content":""},"done":true,"done_reason":"length","prompt_eval_count":9,"eval_count":2}"#,
    ]
    static let pieces: [AnswerPiece] = [
        .reasoning("hm"), .text("Fo"), .text("ur"), .usage(Usage(promptTokens: 9, completionTokens: 2)),
        .finish(.length),
    ]

    @Test func readsAStream() throws {
        let (pieces, end) = try WireReading.pieces(of: OllamaWire(spec: spec), events: Self.stream)
        #expect(pieces == Self.pieces)
        #expect(end == .over)
    }

    @Test func readsAWholeAnswer() throws {
        let pieces = try WireReading.pieces(
            of: OllamaWire(spec: spec),
            whole: #"{"message":{"content":"Four."},"done":true,"done_reason":"stop","eval_count":2}"#)
        #expect(pieces == [.text("Four."), .usage(Usage(promptTokens: 0, completionTokens: 2)), .finish(.stop)])
    }

    @Test func errorsAreFailures() throws {
        #expect(throws: WireSurprise.serverError("model not found")) {
            try WireReading.pieces(of: OllamaWire(spec: spec), events: [#"{"error":"model not found"}"#])
        }
        #expect(throws: WireSurprise.unexpected("sent JSON without message")) {
            try WireReading.pieces(of: OllamaWire(spec: spec), whole: "[]")
        }
    }

    @Test(arguments: ["http://h:1", "http://h:1/", "http://h:1/v1", "http://h:1/v1/", "http://h:1/api", "http://h:1//"])
    func findsTheBeginningOfItsAPI(_ written: String) {
        #expect(BaseAddress(written, kind: .ollama).joined("/api/chat") == "http://h:1/api/chat")
    }

    @Test func anAddressOfAnotherKindIsKept() {
        #expect(BaseAddress("http://h/v1/", kind: .openai).joined("/x") == "http://h/v1/x")
        #expect(BaseAddress("https://h", kind: .anthropic).joined("/x") == "https://h/v1/x")
        #expect(BaseAddress("https://h/proxy", kind: .anthropic).joined("/x") == "https://h/proxy/x")
    }
}
