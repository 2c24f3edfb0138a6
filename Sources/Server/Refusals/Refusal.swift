import Core
import HTTPTypes

/// An answer that says no, in the terms of OpenAI's API: what clients' libraries turn into their typed errors.
struct Refusal: Error {
    var status: HTTPResponse.Status
    /// OpenAI's class of error, such as `invalid_request_error`.
    var type: String
    /// What programs read.
    var code: String
    /// What people read.
    var message: String
    /// The part of the request it is about, if one is.
    var param: String?
    var headers: HTTPFields = [:]

    init(
        _ status: HTTPResponse.Status, type: String = "invalid_request_error", code: String, _ message: String,
        param: String? = nil, headers: HTTPFields = [:]
    ) {
        self.status = status
        self.type = type
        self.code = code
        self.message = message
        self.param = param
        self.headers = headers
    }

    /// What a client is told about a fault.
    init(_ fault: Fault) {
        let kind = FaultStatus(fault.code)
        self.init(kind.status, type: kind.type, code: fault.code.rawValue, fault.sentence, param: Self.param(of: fault))
        headers = RetryAdvice.headers(for: fault)
    }

    /// What a client is told about any error; nothing of an unknown one, which may hold anything.
    init(any error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let fault as Fault: self.init(fault)
        case is CancellationError:
            self.init(
                .serviceUnavailable, type: "server_error", code: "answer_abandoned",
                "The answer was abandoned: the client left, or the server is stopping. Ask again.")
        default:
            self.init(
                .internalServerError, type: "server_error", code: "internal_error",
                "Muster failed in a way it does not know; its log says where.")
        }
    }

    private static func param(of fault: Fault) -> String? {
        switch fault.code {
        case .invalidRequest, .unsupported: fault.subject
        case .unknownModel, .notAllowed: "model"
        case .unknownTrace: "trace_id"
        default: nil
        }
    }
}
