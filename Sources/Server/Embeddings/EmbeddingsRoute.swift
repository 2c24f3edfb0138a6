import Core
import Hummingbird

/// `POST /v1/embeddings`: texts as vectors, by the embedders of the configuration.
struct EmbeddingsRoute: Sendable {
    let shelf: EmbedderShelf
    let limits: RequestLimits

    func respond(to request: Request) async throws -> Response {
        let asked = try EmbeddingsRequest(try await limits.json(of: request))
        return .json(try await EmbeddingsAnswer(shelf: shelf).body(for: asked))
    }
}
