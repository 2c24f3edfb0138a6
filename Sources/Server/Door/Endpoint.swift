import Foundation
import HTTPTypes

/// What a path of the API stands for.
enum Endpoint: Hashable {
    case chat
    case models
    case model(String)
    case route
    case traces
    case trace(String)
    case feedback
    case health

    /// Every path, as a client that took a wrong one is told.
    static let paths = [
        "/v1/chat/completions", "/v1/models", "/v1/models/{id}", "/v1/route", "/v1/traces", "/v1/traces/{id}",
        "/v1/feedback", "/healthz",
    ]

    /// Nil if there is no such path.
    init?(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        switch parts.count {
        case 1 where parts[0] == "healthz": self = .health
        case 2 where parts == ["v1", "models"]: self = .models
        case 2 where parts == ["v1", "route"]: self = .route
        case 2 where parts == ["v1", "traces"]: self = .traces
        case 2 where parts == ["v1", "feedback"]: self = .feedback
        case 3 where parts == ["v1", "chat", "completions"]: self = .chat
        // A model's id may hold slashes.
        case 3... where parts[..<2] == ["v1", "models"]:
            guard let id = parts[2...].joined(separator: "/").removingPercentEncoding else { return nil }
            self = .model(id)
        case 3 where parts[..<2] == ["v1", "traces"]: self = .trace(parts[2])
        default: return nil
        }
    }

    /// The method that the endpoint takes.
    var method: HTTPRequest.Method {
        switch self {
        case .chat, .route, .feedback: .post
        case .models, .model, .traces, .trace, .health: .get
        }
    }

    /// The endpoint's name in logs and metrics, without ids.
    var name: String {
        switch self {
        case .chat: "chat"
        case .models, .model: "models"
        case .route: "route"
        case .traces, .trace: "traces"
        case .feedback: "feedback"
        case .health: "health"
        }
    }

    /// True if experts may be asked for it, so that it takes a place.
    var isAdmitted: Bool { method == .post && self != .feedback }

    /// True if it is answered without a key.
    var isOpen: Bool { self == .health }
}
