import Core
import Hummingbird

/// `GET /healthz`: whether a question could be answered now, as far as is known without asking anyone.
struct HealthRoute: Sendable {
    let service: any AnswerService

    private struct Report: Encodable {
        var status: String
        var experts: [ExpertState]
    }

    private struct ExpertState: Encodable {
        var id: String
        /// `ready`, `resting`, `unusable`.
        var state: String
        var because: String?
        var retryAfterSeconds: Double?

        init(_ id: ExpertID, _ health: ExpertHealth) {
            self.id = id.rawValue
            switch health {
            case .ready: state = "ready"
            case .resting(let wait, let because):
                state = "resting"
                self.because = because
                retryAfterSeconds = wait.seconds
            case .unusable(let because):
                state = "unusable"
                self.because = because
            }
        }
    }

    func respond() async throws -> Response {
        let states = await service.health()
        let isReady = states.contains { $0.health.isReady }
        let status = isReady ? "ok" : states.isEmpty ? "there are no experts" : "no expert is ready"
        let report = Report(status: status, experts: states.map { ExpertState($0.expert, $0.health) })
        return .json(try JSONText.of(report), status: isReady ? .ok : .serviceUnavailable)
    }
}
