import NIOCore
import Synchronization

/// Every open connection's client, by its channel.
///
/// A server learns from the socket alone that a client has left; while it waits for an expert it neither reads nor
/// writes there. So a small handler in each connection watches for the end of its input.
final class ConnectedClients: Sendable {
    private let presences = Mutex<[ObjectIdentifier: ClientPresence]>([:])
    private let loops: LoopExecutors

    init(on loops: LoopExecutors) { self.loops = loops }

    /// The client of a channel; one that never leaves if the channel is not a watched connection.
    func presence(of channel: any Channel) -> ClientPresence {
        presences.withLock { $0[ObjectIdentifier(channel)] } ?? ClientPresence()
    }

    /// Treats every client as gone: running answers end.
    func dismissAll() {
        for presence in presences.withLock({ Array($0.values) }) { presence.leave() }
    }

    /// A new watcher for one connection.
    func makeWatcher() -> any RemovableChannelHandler { Watcher(clients: self) }

    private func arrived(_ channel: any Channel) -> ClientPresence {
        let presence = ClientPresence(on: loops[channel.eventLoop])
        presences.withLock { $0[ObjectIdentifier(channel)] = presence }
        return presence
    }

    private func left(_ channel: ObjectIdentifier) { presences.withLock { $0[channel] = nil } }

    /// Sits in a connection's pipeline and passes everything on.
    private final class Watcher: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = NIOAny

        private let clients: ConnectedClients
        private var presence: ClientPresence?

        init(clients: ConnectedClients) { self.clients = clients }

        func handlerAdded(context: ChannelHandlerContext) {
            presence = clients.arrived(context.channel)
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            clients.left(ObjectIdentifier(context.channel))
            presence?.leave()
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .some(.inputClosed) = event as? ChannelEvent { presence?.leave() }
            context.fireUserInboundEventTriggered(event)
        }

        func channelInactive(context: ChannelHandlerContext) {
            presence?.leave()
            context.fireChannelInactive()
        }
    }
}
