import Core
import Experts
import Support
import Transport

/// Short ways to write specs, experts and calls in tests.
enum Sample {
    static let transport = HTTPTransport()

    /// A spec whose settings and names tests know: expert `math`, model `m-1`, no further tries.
    static func spec(
        _ kind: ExpertKind = .openai, at url: String? = nil, key: String? = nil, clocks: ExpertClocks = ExpertClocks(),
        retries: Int = 0, concurrent: Int = 4, script: Script? = nil
    ) -> ExpertSpec {
        ExpertSpec(
            card: ExpertCard(id: "math", kind: kind, model: "m-1", concurrent: concurrent), baseURL: url,
            key: key.map { Secret(variable: "MATH_KEY", value: $0) }, clocks: clocks, retries: retries, script: script)
    }

    static func expert(
        _ spec: ExpertSpec, skills: [Skill] = [], time: ManualTime = ManualTime(), seed: UInt64 = 1
    ) -> any Expert {
        ExpertFactory(transport: transport, skills: skills, time: time.source, seed: seed).make(spec)
    }

    /// Asks and reads to the end.
    static func pieces(
        of expert: any Expert, _ question: Question = Question("2 + 2?"), _ delivery: Delivery = .streamed
    ) async throws -> [AnswerPiece] {
        var pieces: [AnswerPiece] = []
        for try await piece in try await expert.ask(question, delivery: delivery) { pieces.append(piece) }
        return pieces
    }

    /// The fault of asking; nil if there was an answer.
    static func fault(
        of expert: any Expert, _ question: Question = Question("2 + 2?"), _ delivery: Delivery = .streamed
    ) async throws -> Fault? {
        do {
            _ = try await pieces(of: expert, question, delivery)
            return nil
        } catch let fault as Fault {
            return fault
        }
    }
}

extension [AnswerPiece] {
    /// Texts joined.
    var text: String { reduce(into: "") { if case .text(let text) = $1 { $0 += text } } }
    var reasoning: String { reduce(into: "") { if case .reasoning(let text) = $1 { $0 += text } } }
    var usage: Usage? { compactMap { if case .usage(let usage) = $0 { usage } else { nil } }.last }
    var finish: FinishReason? { compactMap { if case .finish(let reason) = $0 { reason } else { nil } }.last }
}
