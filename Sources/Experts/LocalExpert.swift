import Core
import Engine

/// An expert that runs in this process. This version can look at a model file but not run one yet, and says so: such an
/// expert is set aside, never asked.
struct LocalExpert: Expert {
    let card: ExpertCard
    /// What stands in the way, in words.
    private let obstacle: String

    init(_ card: ExpertCard) {
        self.card = card
        obstacle = Self.obstacle(of: card.model)
    }

    func health() async -> ExpertHealth { .unusable(obstacle) }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        throw Fault(
            .unsupported, card.id.rawValue, obstacle,
            hint: "Serve the file with any OpenAI-compatible server and use kind: openai")
    }

    private static func obstacle(of file: String) -> String {
        do {
            let header = try GGUFHeader(readingFileAt: file)
            return "\(file) is a GGUF model (version \(header.version), \(header.tensorCount) tensors), "
                + "but this version cannot run models itself yet"
        } catch {
            return "\(file) cannot be used: \(error)"
        }
    }
}
