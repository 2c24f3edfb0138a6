import Core
import Transport

/// An expert behind HTTP: sends what its wire says, reads what comes back, and turns every failure into a fault that
/// names the expert.
struct HTTPExpert: Expert {
    /// A whole answer may be this long, in bytes.
    static let longestAnswer = 32 << 20
    /// So much of an error body is read, in bytes.
    static let longestComplaint = 64 << 10
    /// So much of a stream is read at a time, in bytes: events are short, and there may be thousands of streams.
    static let streamReading = 1 << 10

    let spec: ExpertSpec
    let wire: any ChatWire
    let transport: HTTPTransport
    let faults: ExpertFaults
    private let time: TimeSource

    init(spec: ExpertSpec, wire: any ChatWire, transport: HTTPTransport, time: TimeSource) {
        self.spec = spec
        self.wire = wire
        self.transport = transport
        self.time = time
        faults = ExpertFaults(spec: spec, now: { time.timestamp() })
    }

    var card: ExpertCard { spec.card }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let slip = CallSlip.current
        let response = try await send(try wired(question, delivery, slip), delivery, slip)
        slip?.note { facts in
            facts.status = response.status
            facts.bytes = 0
            facts.allowance = RateLimitHeaders.allowance(response.header, now: faults.now())
        }
        guard response.status == 200 else { throw try await complaint(response) }
        let type = response.header("content-type") ?? ""
        // What came decides, not what was asked for: some servers always stream, some never do.
        if ["text/event-stream", "application/x-ndjson"].contains(where: type.lowercased().hasPrefix) {
            let reader = StreamReader(
                body: response.body, wire: wire, faults: faults.telling(slip), question: question,
                keepsOriginal: handsOn(question, as: .streamed, delivery), slip: slip)
            return AnswerStream { try await reader.next() }
        }
        let bytes = try await collect(response.body, upTo: Self.longestAnswer, slip)
        slip?.count(bytes: bytes.count)
        guard let (body, members) = try? JSONReader.readPlaces(bytes) else {
            throw faults.notJSON(type: type, bytes: bytes)
        }
        do {
            var state = WireState(answering: question)
            var pieces = try wire.pieces(inWhole: body, state: &state)
            let sent = OpenAIEvent(bytes: bytes, members: members, value: body)
            if handsOn(question, as: .whole, delivery),
                let original = sent.handedOn(state.calls.takeMends(), as: .whole, pieces)
            {
                pieces = [.original(original)]
            }
            let queue = PieceQueue(pieces)
            return AnswerStream { queue.next() }
        } catch let surprise as WireSurprise {
            throw faults.surprise(surprise)
        }
    }

    /// What the wire cannot say is never sent.
    private func wired(_ question: Question, _ delivery: Delivery, _ slip: CallSlip?) throws -> WireRequest {
        do { return try wire.request(question, delivery: delivery) } catch {
            slip?.note { $0.isSent = false }
            throw error
        }
    }

    /// Whether the client gets what the server sends as it is: they speak the same format, and it came in the way that
    /// was asked for.
    private func handsOn(_ question: Question, as came: Delivery, _ wanted: Delivery) -> Bool {
        wire.speaksOpenAI && question.original != nil && came == wanted
    }

    private func send(_ wired: WireRequest, _ delivery: Delivery, _ slip: CallSlip?) async throws -> HTTPResponse {
        let base = BaseAddress(spec.baseURL ?? "", kind: spec.card.kind)
        var request = HTTPRequest(
            method: "POST", url: base.joined(wired.path),
            headers: [
                ("Content-Type", "application/json"),
                ("Accept", "application/json, text/event-stream, application/x-ndjson"),
            ]
                + (CallOrigin.span.map { [("traceparent", $0.header)] } ?? [])
                + wired.headers.map { ($0.name, $0.value) },
            body: wired.body, clocks: HTTPClocks(spec.clocks, until: slip?.deadline, now: time.now()),
            unixSocket: spec.unixSocket,
            caFile: spec.caFile)
        if delivery == .streamed { request.readAtOnce = Self.streamReading }
        do {
            return try await transport.send(request)
        } catch {
            throw try faults.telling(slip).transport(error)
        }
    }

    private func collect(_ body: HTTPBody, upTo limit: Int, _ slip: CallSlip?) async throws -> [UInt8] {
        do {
            return try await body.collect(upTo: limit)
        } catch {
            throw try faults.telling(slip).transport(error)
        }
    }

    /// The fault behind a status other than 200.
    private func complaint(_ response: HTTPResponse) async throws -> Fault {
        var bytes: [UInt8] = []
        // What the body says is a help, not a need: a broken one changes nothing about the status.
        while bytes.count < Self.longestComplaint, let chunk = try? await response.body.next() { bytes += chunk }
        try Task.checkCancellation()
        return faults.status(
            response.status, header: response.header, body: Array(bytes.prefix(Self.longestComplaint)))
    }
}

extension HTTPClocks {
    init(_ clocks: ExpertClocks, until deadline: TimeSource.Instant? = nil, now: TimeSource.Instant? = nil) {
        self.init(connect: clocks.connect, firstByte: clocks.firstToken, idle: clocks.idle, total: clocks.total)
        // Nobody waits for an answer after the question's time: the call ends with it.
        if let deadline, let now { total = min(total, max(.milliseconds(1), deadline.offset - now.offset)) }
    }
}
