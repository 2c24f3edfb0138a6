import Core
import HTTPTypes

/// The HTTP status and OpenAI's class of error for each kind of fault: the one table of its sort.
struct FaultStatus {
    var status: HTTPResponse.Status
    var type: String

    init(_ code: Fault.Code) {
        switch code {
        case .invalidRequest, .unsupported: self.init(.badRequest, "invalid_request_error")
        case .tooLarge: self.init(.contentTooLarge, "invalid_request_error")
        // As OpenAI answers for a model it does not have.
        case .unknownModel, .unknownExpert, .unknownSkill, .unknownRun, .unknownTrace, .unknownKey:
            self.init(.notFound, "invalid_request_error")
        case .expertLimited: self.init(.tooManyRequests, "rate_limit_error")
        // Not 402, which clients' libraries do not know: 429 `insufficient_quota` is how OpenAI says that money is out.
        case .notAllowed: self.init(.forbidden, "permission_error")
        case .rateLimited: self.init(.tooManyRequests, "rate_limit_error")
        case .overBudget, .quotaUsedUp: self.init(.tooManyRequests, "insufficient_quota")
        case .expertUnreachable, .expertRefused, .expertFailed, .expertGarbled, .expertCutOff:
            self.init(.badGateway, "expert_error")
        case .expertTimedOut: self.init(.gatewayTimeout, "expert_error")
        case .expertResting, .noExpert: self.init(.serviceUnavailable, "expert_error")
        case .storeLocked: self.init(.serviceUnavailable, "server_error")
        case .invalidSettings, .invalidSkill, .storeReadOnly, .storeFull, .storeNewer, .storeBroken, .unreadableFile,
            .checksumMismatch, .addressTaken:
            self.init(.internalServerError, "server_error")
        }
    }

    private init(_ status: HTTPResponse.Status, _ type: String) {
        self.status = status
        self.type = type
    }
}
