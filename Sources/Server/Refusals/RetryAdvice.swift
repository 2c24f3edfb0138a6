import Core
import HTTPTypes

/// What a refusal says about trying again, in the headers that OpenAI's libraries obey.
///
/// Muster has already tried again where that made sense, so a library that retries on its own would multiply calls:
/// it is told not to, unless we know when a new try may succeed.
enum RetryAdvice {
    static func headers(for fault: Fault) -> HTTPFields {
        if let seconds = fault.retryAfterSeconds, seconds.isFinite, seconds >= 0 {
            let milliseconds = (min(seconds, 86_400) * 1000).rounded(.up)
            return [
                .retryAfter: String(Int((milliseconds / 1000).rounded(.up))),
                .retryAfterMilliseconds: String(Int(milliseconds)),
            ]
        }
        switch fault.code {
        case .noExpert, .overBudget, .quotaUsedUp: return [.shouldRetry: "false"]
        case let code where code.blamesExpert: return [.shouldRetry: "false"]
        default: return [:]
        }
    }
}
