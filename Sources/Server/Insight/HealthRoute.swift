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
        /// Questions it is answering, those that wait for it, and how many it is given at a time.
        var active: Int?
        var waiting: Int?
        var places: Int?

        init(_ id: ExpertID, _ health: ExpertHealth, _ load: ExpertLoad?) {
            self.id = id.rawValue
            active = load?.active
            waiting = load?.waiting
            places = load?.places
            switch health {
            case .ready: state = "ready"
            case .resting(let wait, let because):
                state = "resting"
                // Everybody may read this, and servers repeat prompts in what they say of failures.
                self.because = because.inOwnWords
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
        let loads = service.loads()
        let report = Report(
            status: status, experts: states.map { ExpertState($0.expert, $0.health, loads[$0.expert]) })
        return .json(try JSONText.of(report), status: isReady ? .ok : .serviceUnavailable)
    }
}
