import Core
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Sees the bytes of a connection as they come, and those of answers as they go.
///
/// A connection that is closed over unread bytes is reset, and the answer on its way lost with it: so the last answer is
/// followed by the end of what this side writes, and what the client still sends then is read and thrown away.
final class ByteWatch: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// What the client is saying just now.
    private enum Reading {
        case nothing
        case head(by: NIODeadline)
        case body(by: NIODeadline)
        /// Nothing that counts any more.
        case over
    }

    /// How long a client that was told off may take to read it.
    private static let farewell = TimeAmount.seconds(1)

    private let headTime: TimeAmount
    private let bodyTime: TimeAmount
    private let limits: ConnectionLimits
    private var reading = Reading.nothing
    private var hasTimer = false
    /// Requests whose responses have not ended.
    private var unanswered = 0
    /// The client said that it asks for nothing more here.
    private var isDone = false
    /// A response is being written.
    private var isAnswering = false
    /// What is said last, and of how many requests it is the answer: one that came in part, or none. Everything that was
    /// asked before is answered first.
    private var lastWord: (refusal: Refusal, requests: Int)?
    private var context: ChannelHandlerContext?

    init(_ limits: ConnectionLimits) {
        self.limits = limits
        headTime = TimeAmount(limits.headTime)
        bodyTime = TimeAmount(limits.bodyTime)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    // MARK: What passes

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch reading {
        case .over: return
        case .nothing:
            reading = .head(by: .now() + headTime)
            startTimer(context)
        case .head, .body: break
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if case .over = reading { context.read() }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        context.close(mode: mode, promise: promise)
        // The program above has said its last word, perhaps before it was told everything.
        guard mode == .output, case .body(let limit) = reading else { return }
        drain(context, until: limit)
    }

    /// - Parameter isLast: the client says that it asks for nothing more here.
    func headIsRead(isLast: Bool) {
        unanswered += 1
        isDone = isLast
        reading = .body(by: .now() + bodyTime)
    }

    func requestIsRead() { reading = .nothing }

    func responseBegins() { isAnswering = true }

    func responseEnds() {
        isAnswering = false
        unanswered -= 1
        guard lastWord != nil else { return }
        // When that response is on its way.
        context?.eventLoop.assumeIsolated().execute { self.sayLastWord() }
    }

    // MARK: The clock

    private func startTimer(_ context: ChannelHandlerContext) {
        guard !hasTimer else { return }
        hasTimer = true
        schedule(in: min(headTime, bodyTime), context)
    }

    private func schedule(in wait: TimeAmount, _ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(in: wait) { self.look() }
    }

    private func look() {
        guard let context else { return }
        let now = NIODeadline.now()
        switch reading {
        case .nothing, .over: hasTimer = false
        case .head(let limit), .body(let limit):
            guard now >= limit else { return schedule(in: limit - now, context) }
            hasTimer = false
            tellOff(lateness)
        }
    }

    private var lateness: Refusal {
        let isHead = if case .head = reading { true } else { false }
        let (what, time, setting) =
            isHead ? ("header", limits.headTime, "head_time") : ("body", limits.bodyTime, "body_time")
        return Refusal(
            .requestTimeout, code: "request_timeout",
            "The \(what) of the request did not arrive within \(time.seconds.shown) s. Send it faster, or raise "
                + "server.limits.\(setting).")
    }

    // MARK: The last word

    /// What the decoder could not read.
    func isUnreadable(_ error: HTTPParserError) {
        guard error == .headerOverflow else {
            return tellOff(
                Refusal(.badRequest, code: "invalid_http", "This is not HTTP/1.1: \(error)."))
        }
        tellOff(
            Refusal(
                .requestHeaderFieldsTooLarge, code: "header_too_large",
                "The header is longer than \(limits.headerSize) bytes or has more than \(limits.headerCount) fields. Send "
                    + "less, or raise server.limits.header_size or header_count."))
    }

    /// Answers in place of the program above, and hangs up once the client has had time to read it.
    private func tellOff(_ refusal: Refusal) {
        if case .over = reading { return }
        let requests = if case .body = reading { 1 } else { 0 }
        lastWord = (refusal, requests)
        reading = .over
        sayLastWord()
    }

    private func sayLastWord() {
        guard let context, let (refusal, requests) = lastWord, unanswered <= requests, !isAnswering else { return }
        lastWord = nil
        // Whoever has an answer already, and wants no other, is not told a second time.
        if unanswered == requests, requests > 0 || !isDone {
            let body = ErrorEnvelope(refusal).json
            let text =
                "HTTP/1.1 \(refusal.status.code) \(refusal.status.reasonPhrase)\r\ncontent-type: application/json\r\n"
                + "content-length: \(body.utf8.count)\r\nconnection: close\r\n\r\n\(body)"
            context.writeAndFlush(NIOAny(IOData.byteBuffer(ByteBuffer(string: text))), promise: nil)
        }
        context.close(mode: .output, promise: nil)
        drain(context, until: .now() + Self.farewell)
    }

    /// Reads on without listening, and hangs up at the latest at a given moment.
    private func drain(_ context: ChannelHandlerContext, until limit: NIODeadline) {
        reading = .over
        context.read()
        context.eventLoop.assumeIsolated().scheduleTask(deadline: limit) { self.context?.close(promise: nil) }
    }
}

extension Double {
    /// Without a point where there is nothing behind it.
    fileprivate var shown: String { self == rounded() ? String(Int(self)) : String(self) }
}
