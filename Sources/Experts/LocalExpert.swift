import Core
import Engine

/// An expert that runs in this process. This version can look at a model file but not run one yet, and says so: such an
/// expert is set aside, never asked.
struct LocalExpert: Expert {
    let spec: ExpertSpec

    var card: ExpertCard { spec.card }

    func health() async -> ExpertHealth { .unusable(obstacle) }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        throw Fault(
            .unsupported, card.id.rawValue, obstacle,
            hint: "Serve the file with any OpenAI-compatible server and use kind: openai")
    }

    private var obstacle: String {
        do {
            let header = try GGUFHeader(readingFileAt: card.model)
            return "\(card.model) is a GGUF \(header.version) model of \(header.tensorCount) tensors; "
                + "this version cannot run models itself yet"
        } catch {
            return "\(card.model) cannot be used: \(error)"
        }
    }
}
