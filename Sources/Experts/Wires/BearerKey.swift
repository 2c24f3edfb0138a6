import Core

extension ExpertSpec {
    /// The key as most servers want it; empty if there is none.
    var bearer: [WireHeader] {
        key.map { [WireHeader(name: "Authorization", value: "Bearer \($0.reveal())")] } ?? []
    }
}
