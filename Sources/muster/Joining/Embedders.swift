import Core
import Experts
import Settings
import Transport

/// The embedders that clients may ask for: the service's own, then experts that embed.
enum Embedders {
    /// - Parameter own: what `embedder:` describes.
    static func shelf(
        _ settings: EmbedderSettings, _ own: any Embedder, experts: [ExpertSpec], _ transport: HTTPTransport,
        _ time: TimeSource
    ) -> EmbedderShelf {
        let (id, summary) =
            switch settings {
            case .hashed: ("hashed", "words and letters alone, 512 dimensions")
            case .local(let model): (model, "local")
            case .openai(let spec): (spec.card.model, "openai")
            }
        return EmbedderShelf(
            [EmbedderShelf.Entry(id: id, summary: summary, embedder: own)]
                + experts.map { spec in
                    EmbedderShelf.Entry(
                        id: spec.card.id.rawValue, summary: "\(spec.card.kind.rawValue) \(spec.card.model)",
                        embedder: OpenAIEmbedder(
                            spec: withOpenAIAddress(spec), transport: transport, now: { time.timestamp() }))
                })
    }

    /// Ollama embeds in OpenAI's format too, under `/v1`.
    private static func withOpenAIAddress(_ spec: ExpertSpec) -> ExpertSpec {
        guard spec.card.kind == .ollama else { return spec }
        var spec = spec
        spec.baseURL = BaseAddress(spec.baseURL ?? "", kind: .ollama).joined("/v1")
        return spec
    }
}
