import Core
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Ends connections that take too long to say what they want (slowloris), and answers what is no HTTP, in OpenAI's shape,
/// before the program above ever hears of it.
///
/// One timer a connection, not one a request: it looks now and then whether the moment of the request under way has
/// passed.
final class RequestClock: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let limits: ConnectionLimits

    init(_ limits: ConnectionLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        guard let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else { return }
        let bytes = ByteWatch(limits)
        try? pipeline.addHandler(bytes, position: .first)
        try? pipeline.addHandler(PartWatch(bytes), position: .after(decoder))
    }
}

/// Sees the bytes of a connection as they come.
private final class ByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = IOData

    /// What the client is saying just now.
    private enum Reading {
        case nothing
        case head(by: NIODeadline)
        case body(by: NIODeadline)
        /// It was told off: whatever still comes is thrown away.
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
    /// A response is being written.
    private var isAnswering = false
    private var context: ChannelHandlerContext?

    init(_ limits: ConnectionLimits) {
        self.limits = limits
        headTime = TimeAmount(limits.headTime)
        bodyTime = TimeAmount(limits.bodyTime)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

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

    func headIsRead() {
        unanswered += 1
        reading = .body(by: .now() + bodyTime)
    }

    func requestIsRead() { reading = .nothing }

    func responseBegins() { isAnswering = true }

    func responseEnds() {
        isAnswering = false
        unanswered -= 1
    }

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
        guard let context else { return }
        // Of what was asked before, nothing may be cut in two: then there is nothing to be said.
        let due = if case .body = reading { 1 } else { 0 }
        if case .over = reading { return }
        reading = .over
        guard unanswered == due, !isAnswering else { return context.close(promise: nil) }
        let body = ErrorEnvelope(refusal).json
        let text =
            "HTTP/1.1 \(refusal.status.code) \(refusal.status.reasonPhrase)\r\ncontent-type: application/json\r\n"
            + "content-length: \(body.utf8.count)\r\nconnection: close\r\n\r\n\(body)"
        context.writeAndFlush(NIOAny(IOData.byteBuffer(ByteBuffer(string: text))), promise: nil)
        // What the client still sends is read meanwhile: a connection that is closed over unread bytes is reset, and the
        // answer lost with it.
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.farewell) {
            self.context?.close(promise: nil)
        }
    }
}

/// Sees which part of a request was read, and which of a response is written.
private final class PartWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart

    private let bytes: ByteWatch

    init(_ bytes: ByteWatch) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: bytes.headIsRead()
        case .body: break
        case .end: bytes.requestIsRead()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: bytes.responseBegins()
        case .body: break
        case .end: bytes.responseEnds()
        }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        bytes.isUnreadable(error)
    }
}

extension Double {
    /// Without a point where there is nothing behind it.
    fileprivate var shown: String { self == rounded() ? String(Int(self)) : String(self) }
}
