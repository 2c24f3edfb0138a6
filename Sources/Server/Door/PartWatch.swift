import NIOCore
import NIOHTTP1

/// Sees which part of a request was read, and which of a response is written.
final class PartWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart

    private let bytes: ByteWatch

    init(_ bytes: ByteWatch) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): bytes.headIsRead(isLast: !head.isKeepAlive)
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
