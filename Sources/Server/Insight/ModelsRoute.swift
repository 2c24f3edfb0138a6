import Core
import Hummingbird

/// `GET /v1/models`: every name that may stand in `model`, routes first, embedders last, in OpenAI's shape.
struct ModelsRoute: Sendable {
    let service: any AnswerService
    let embedders: EmbedderShelf
    /// When this server was made: OpenAI's `created` must be a whole number of seconds since 1970.
    let created: Int

    private struct Listing: Encodable {
        var id: String
        var object = "model"
        var created: Int
        var ownedBy = "muster"
        /// `route`, `expert` or `embedder`.
        var kind: String
        var description: String
        /// Of an expert alone.
        var abilities: [Ability]?
    }

    private struct Listings: Encodable {
        var object = "list"
        var data: [Listing]
    }

    func list() throws -> Response { .json(try JSONText.of(Listings(data: listings))) }

    private var listings: [Listing] {
        service.models().map(listing)
            + embedders.entries.filter { Asker.current?.mayUse($0.id) ?? true }.map { entry in
                Listing(id: entry.id, created: created, kind: "embedder", description: entry.summary)
            }
    }

    func one(_ id: String) throws -> Response {
        let models = listings
        guard let model = models.first(where: { $0.id == id }) else {
            throw Fault.unknown(
                .unknownModel, "model", named: String(id.prefix(80)), among: models.map(\.id),
                hint: "GET /v1/models lists all")
        }
        return .json(try JSONText.of(model))
    }

    private func listing(_ model: ModelListing) -> Listing {
        Listing(
            id: model.id, created: created, kind: model.kind.rawValue, description: model.summary,
            abilities: model.abilities)
    }
}
