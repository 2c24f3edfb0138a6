import Core
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /metrics`: every figure of this process, for Prometheus and whatever reads its format.
struct MetricsRoute: Sendable {
    let metrics: MetricRegistry
    let service: any AnswerService
    /// What `muster --version` says.
    let version: String

    func respond(to request: Request) async -> Response {
        let form = MetricText.Form(accept: request.headers[.accept])
        var families = await metrics.families()
        families += ProcessFigures().families
        families.append(MetricFamily(.buildInfo, [.init([version], .number(1))]))
        families.append(
            MetricFamily(
                .expertState,
                await service.health().map { .init([$0.expert.rawValue], .number(Self.number(of: $0.health))) }))
        families.sort { $0.metric.name < $1.metric.name }
        return Response(
            status: .ok, headers: [.contentType: form.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: MetricText.of(families, as: form))))
    }

    private static func number(of health: ExpertHealth) -> Double {
        switch health {
        case .ready: 0
        case .resting: 1
        case .unusable: 2
        }
    }
}
