import NIOCore
import NIOHTTP1

/// Sees which part of a request was read, and which of a response is written, and tells a client that waits for it that its
/// body is wanted.
final class PartWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let bytes: ByteWatch
    /// The client waits to be told before it sends its body; one that speaks HTTP/1.0 would not understand.
    private var clientWaits = false

    init(_ bytes: ByteWatch) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            bytes.headIsRead(isLast: !head.isKeepAlive)
            clientWaits = head.version == .http1_1 && head.headers["expect"].contains(where: Expectation.isIn)
        case .body: clientWaits = false
        case .end:
            clientWaits = false
            bytes.requestIsRead()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head:
            clientWaits = false
            bytes.responseBegins()
        case .body: break
        case .end: bytes.responseEnds()
        }
        context.write(data, promise: promise)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Expectation.Wanted else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        if clientWaits {
            clientWaits = false
            let head = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .continue))
            context.writeAndFlush(wrapOutboundOut(head), promise: nil)
        }
        promise?.succeed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        bytes.isUnreadable(error)
    }
}
