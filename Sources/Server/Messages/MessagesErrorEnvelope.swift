import Core
import HTTPTypes
import Hummingbird

/// The body of an error in Anthropic's shape.
struct MessagesErrorEnvelope {
    var refusal: Refusal
    /// The request's id, if there is a place to tell it.
    var request: String?

    init(_ refusal: Refusal, request: String? = nil) {
        self.refusal = refusal
        self.request = request
    }

    var json: String {
        let id = request.map { #","request_id":\#(JSONText.quoted($0))"# } ?? ""
        return #"{"type":"error","error":{"type":"\#(type)","message":\#(JSONText.quoted(refusal.message))}\#(id)}"#
    }

    /// The whole response.
    var response: Response { .json(json, status: refusal.status, headers: refusal.headers) }

    /// Anthropic's class of error; clients choose by the status, people read this.
    private var type: String {
        switch refusal.status {
        case .badRequest, .unsupportedMediaType, .methodNotAllowed, .conflict: "invalid_request_error"
        case .unauthorized: "authentication_error"
        case .forbidden: "permission_error"
        case .notFound: "not_found_error"
        case .contentTooLarge: "request_too_large"
        case .tooManyRequests: "rate_limit_error"
        case .serviceUnavailable: "overloaded_error"
        case .gatewayTimeout: "timeout_error"
        default: "api_error"
        }
    }
}
