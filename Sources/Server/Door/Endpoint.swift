import Foundation
package import HTTPTypes

/// What a path of the API stands for.
package enum Endpoint: Hashable {
    case chat
    case messages
    case countTokens
    case responses
    case embeddings
    case files
    case file(String)
    case fileContent(String)
    case batches
    case batch(String)
    case cancelBatch(String)
    case models
    case model(String)
    case route
    case traces
    case trace(String)
    case feedback
    case health
    case metrics
    /// What stands behind `/admin`; it has its own key and methods.
    case admin([String])
    case description
    /// A file of the dashboard's page.
    case page(String)
    /// Where the dashboard reads.
    case insight(InsightPath)

    /// Every path, as a client that took a wrong one is told.
    package static let paths =
        [
            "/v1/chat/completions", "/v1/messages", "/v1/messages/count_tokens", "/v1/responses", "/v1/embeddings",
            "/v1/files", "/v1/files/{id}", "/v1/files/{id}/content", "/v1/batches", "/v1/batches/{id}",
            "/v1/batches/{id}/cancel", "/v1/models", "/v1/models/{id}", "/v1/route", "/v1/traces", "/v1/traces/{id}",
            "/v1/feedback", "/healthz", "/metrics", "/openapi.json",
        ]

    /// Those of the dashboard, which are there for people and their browsers.
    package static let dashboardPaths = ["/", "/page/{file}"] + InsightPath.paths

    /// Nil if there is no such path.
    package init?(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        switch parts.count {
        case 0: self = .page(PageRoute.front)
        case 2 where parts[0] == "page": self = .page(parts[1])
        case 2... where parts[0] == "insight":
            guard let place = InsightPath(Array(parts[1...])) else { return nil }
            self = .insight(place)
        case 1 where parts[0] == "healthz": self = .health
        case 1 where parts[0] == "metrics": self = .metrics
        case 1... where parts[0] == "admin": self = .admin(Array(parts[1...]))
        case 1 where parts[0] == "openapi.json": self = .description
        case 2 where parts == ["v1", "messages"]: self = .messages
        case 2 where parts == ["v1", "responses"]: self = .responses
        case 2 where parts == ["v1", "embeddings"]: self = .embeddings
        case 2 where parts == ["v1", "files"]: self = .files
        case 2 where parts == ["v1", "batches"]: self = .batches
        case 2 where parts == ["v1", "models"]: self = .models
        case 2 where parts == ["v1", "route"]: self = .route
        case 2 where parts == ["v1", "traces"]: self = .traces
        case 2 where parts == ["v1", "feedback"]: self = .feedback
        case 3 where parts == ["v1", "chat", "completions"]: self = .chat
        case 3 where parts == ["v1", "messages", "count_tokens"]: self = .countTokens
        case 3 where parts[..<2] == ["v1", "files"]: self = .file(parts[2])
        case 4 where parts[..<2] == ["v1", "files"] && parts[3] == "content": self = .fileContent(parts[2])
        case 3 where parts[..<2] == ["v1", "batches"]: self = .batch(parts[2])
        case 4 where parts[..<2] == ["v1", "batches"] && parts[3] == "cancel": self = .cancelBatch(parts[2])
        // A model's id may hold slashes.
        case 3... where parts[..<2] == ["v1", "models"]:
            guard let id = parts[2...].joined(separator: "/").removingPercentEncoding else { return nil }
            self = .model(id)
        // Clients' own ids may hold marks that libraries escape.
        case 3 where parts[..<2] == ["v1", "traces"]:
            guard let id = parts[2].removingPercentEncoding else { return nil }
            self = .trace(id)
        default: return nil
        }
    }

    /// The methods that the endpoint takes; `HEAD` goes wherever `GET` does.
    package var methods: [HTTPRequest.Method] {
        switch self {
        case .chat, .messages, .countTokens, .responses, .embeddings, .cancelBatch, .route, .feedback: [.post]
        case .files, .batches: [.get, .post]
        case .file: [.get, .delete]
        case .fileContent, .batch, .models, .model, .traces, .trace, .health, .metrics, .description, .page, .insight:
            [.get]
        case .admin(let path): AdminRoutes.methods(of: path)
        }
    }

    /// The endpoint's name in logs and metrics, without ids.
    var name: String {
        switch self {
        case .chat: "chat"
        case .messages: "messages"
        case .countTokens: "count_tokens"
        case .responses: "responses"
        case .embeddings: "embeddings"
        case .files, .file, .fileContent: "files"
        case .batches, .batch, .cancelBatch: "batches"
        case .models, .model: "models"
        case .route: "route"
        case .traces, .trace: "traces"
        case .feedback: "feedback"
        case .health: "health"
        case .metrics: "metrics"
        case .admin: "admin"
        case .description: "openapi"
        case .page: "page"
        case .insight(.live): "live"
        case .insight: "insight"
        }
    }

    /// True if experts may be asked for it, so that it takes a place.
    var isAdmitted: Bool {
        switch self {
        case .chat, .messages, .responses, .embeddings, .route: true
        default: false
        }
    }

    /// True if it may be answered piece by piece.
    var streams: Bool {
        switch self {
        case .chat, .messages, .responses: true
        default: false
        }
    }

    /// True if it is answered without a key.
    var isOpen: Bool { self == .health || self == .description || isAdmin || isPage }

    private var isPage: Bool { if case .page = self { true } else { false } }

    /// True if it belongs to the dashboard.
    var isDashboard: Bool { if case .insight = self { true } else { isPage } }

    /// True if it looks after its key and its methods itself.
    var isAdmin: Bool { if case .admin = self { true } else { false } }

    /// True if experts may be asked: such requests count against a key's rate.
    var asksExperts: Bool {
        switch self {
        // Annotation asks, too.
        case .chat, .messages, .responses, .embeddings, .batches, .route: true
        default: false
        }
    }

    /// Whose format its errors have.
    var dialect: Dialect {
        switch self {
        case .messages, .countTokens: .anthropic
        default: .openai
        }
    }

    enum Dialect { case openai, anthropic }
}
