import Core
import Experts
import Settings
import Transport

/// The embedders that clients may ask for: the service's own, then experts that embed.
enum Embedders {
    /// - Parameters:
    ///   - settings: what `embedder:` said when the service's own was made.
    ///   - experts: all of them; those that embed are taken.
    static func entries(
        _ settings: EmbedderSettings, experts: [ExpertSpec], on ground: Configured.Ground
    ) -> [EmbedderShelf.Entry] {
        let (id, summary) =
            switch settings {
            case .hashed: ("hashed", "words and letters alone, 512 dimensions")
            case .local(let model): (model, "local")
            case .openai(let spec): (spec.card.model, "openai")
            }
        let own = EmbedderShelf.Entry(id: id, summary: summary, embedder: ground.embedder)
        return [own]
            + experts.filter(\.embeds).map { spec in
                EmbedderShelf.Entry(
                    id: spec.card.id.rawValue, summary: "\(spec.card.kind.rawValue) \(spec.card.model)",
                    embedder: OpenAIEmbedder(
                        spec: withOpenAIAddress(spec), transport: ground.transport,
                        now: { [time = ground.time] in time.timestamp() }))
            }
    }

    /// Ollama embeds in OpenAI's format too, under `/v1`.
    private static func withOpenAIAddress(_ spec: ExpertSpec) -> ExpertSpec {
        guard spec.card.kind == .ollama else { return spec }
        var spec = spec
        spec.baseURL = BaseAddress(spec.baseURL ?? "", kind: .ollama).joined("/v1")
        return spec
    }
}
