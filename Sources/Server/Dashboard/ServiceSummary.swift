import Core
import Hummingbird

/// `GET /insight/service`: what the page has to know of the service before it asks for anything else.
struct ServiceSummary: Sendable {
    let service: any AnswerService
    let skills: @Sendable () -> [Skill]
    let version: String
    let hasAdmin: Bool
    let explains: Bool
    let keepsText: Bool

    private struct Report: Encodable {
        var version: String
        /// Whether there is an admin API.
        var hasAdmin: Bool
        /// Whether an answer may hold its trace.
        var explains: Bool
        /// Whether traces hold what people wrote.
        var keepsText: Bool
        var routes: [Name]
        var experts: [Name]
        var skills: [String]
        var outcomes: [String]
    }

    private struct Name: Encodable {
        var id: String
        var summary: String
    }

    func respond() throws -> Response {
        let models = service.models()
        func names(_ kind: ModelListing.Kind) -> [Name] {
            models.filter { $0.kind == kind }.map { Name(id: $0.id, summary: $0.summary) }
        }
        return .json(
            try JSONText.of(
                Report(
                    version: version, hasAdmin: hasAdmin, explains: explains, keepsText: keepsText,
                    routes: names(.route), experts: names(.expert),
                    skills: skills().filter(\.isActive).map(\.name.rawValue).sorted(),
                    outcomes: Trace.Outcome.listed.map(\.rawValue))))
    }
}
