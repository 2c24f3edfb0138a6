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
