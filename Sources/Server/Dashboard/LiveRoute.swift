import Core
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// `GET /insight/live`: the one stream of the dashboard, an event every second until the page is closed or the service
/// stops.
struct LiveRoute: Sendable {
    /// Pages that may be open at a time.
    private static let mostPages = 64
    private static let pace = Duration.seconds(1)

    let feed: LiveFeed
    let time: TimeSource
    private let pages = ConcurrencyLimit(mostPages, queue: 0)

    init(feed: LiveFeed, time: TimeSource) {
        self.feed = feed
        self.time = time
    }

    func respond(for client: ClientPresence, _ record: RequestRecord) async throws -> Response {
        guard let place = pages.enterAtOnce() else {
            throw Fault(
                .overloaded, "dashboard", "\(Self.mostPages) pages are open already", hint: "Close one",
                retryAfterSeconds: 10)
        }
        let first = try await feed.history()
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
            body: ResponseBody { writer in
                defer {
                    withExtendedLifetime(place) {}
                    record.end(status: .ok)
                }
                try await writer.write(ByteBuffer(string: first))
                while !client.isGone, await waits() {
                    try await writer.write(ByteBuffer(string: try await feed.now()))
                }
                try await writer.finish(nil)
            })
    }

    /// False when the service is to stop: nobody shall wait for a page that is left open.
    private func waits() async -> Bool {
        let time = time
        let hasWaited: Void? = try? await cancelWhenGracefulShutdown { try await time.sleep(for: Self.pace) }
        return hasWaited != nil
    }
}
