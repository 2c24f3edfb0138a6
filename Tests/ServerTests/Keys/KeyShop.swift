import Core
import HTTPTypes
import Server
import Support
import Synchronization

/// The API with keys of clients, in memory.
struct KeyShop {
    let shelf = KeyShelf()
    let ring: KeyRing
    let door: FrontDoor
    private let time: ManualTime

    init(
        _ service: ScriptedService = ScriptedService(), traces: TraceShelf = TraceShelf(),
        options: ServiceOptions = ServiceOptions(), embedders: EmbedderShelf = EmbedderShelf()
    ) {
        let time = ManualTime(.waits)
        ring = KeyRing(store: shelf, holder: "here", time: time.source)
        door = FrontDoor(
            service, traces: traces, feedback: FeedbackShelf(on: traces), embedders: embedders, options: options,
            keys: ring, time: time)
        self.time = time
    }

    /// Makes a key, as another program beside the service would, and gives what a client sends.
    func key(
        _ order: KeyOrder, models: [String] = Samples.models.map(\.id)
    ) async throws -> (key: ClientKey, headers: HTTPFields) {
        let (key, secret) = try order.make(models: models, now: time.source.timestamp()) {
            var system = SystemRandomNumberGenerator()
            return system.next()
        }
        try await shelf.add(key)
        return (key, [.authorization: "Bearer \(secret.reveal())"])
    }
}
