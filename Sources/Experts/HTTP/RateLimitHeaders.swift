package import Core
import Foundation

/// Reads what a server's `x-ratelimit-*` headers say it still takes: OpenAI's names, and Anthropic's
/// (`anthropic-ratelimit-*`), whose resets are moments. Some servers write moments under OpenAI's names too.
package enum RateLimitHeaders {
    /// What is looked for in every response, written out once.
    private struct Names {
        static let requests = Names("requests")
        static let tokens = Names("tokens")

        let openAI: (limit: String, remaining: String, reset: String)
        let anthropic: (limit: String, remaining: String, reset: String)

        private init(_ what: String) {
            openAI = ("x-ratelimit-limit-\(what)", "x-ratelimit-remaining-\(what)", "x-ratelimit-reset-\(what)")
            anthropic = (
                "anthropic-ratelimit-\(what)-limit", "anthropic-ratelimit-\(what)-remaining",
                "anthropic-ratelimit-\(what)-reset"
            )
        }
    }

    /// - Parameter header: looks up a header of the response.
    /// - Returns: nil if the server says nothing that can be read.
    package static func allowance(_ header: (String) -> String?, now: Timestamp) -> RateAllowance? {
        func window(_ names: Names) -> RateAllowance.Window {
            RateAllowance.Window(
                limit: count(header(names.openAI.limit) ?? header(names.anthropic.limit)),
                remaining: count(header(names.openAI.remaining) ?? header(names.anthropic.remaining)),
                resetSeconds: header(names.openAI.reset).flatMap { reset($0, now: now) }
                    ?? header(names.anthropic.reset).flatMap { reset($0, now: now) })
        }
        let allowance = RateAllowance(requests: window(.requests), tokens: window(.tokens))
        return allowance.requests.isUnsaid && allowance.tokens.isUnsaid ? nil : allowance
    }

    /// `60`, or `60.0` as servers say that count in fractions: what is left of one is none.
    private static func count(_ text: String?) -> Int? {
        guard let text, (1...24).contains(text.utf8.count), let number = RetryAfter.number(text), number < 1e12 else {
            return nil
        }
        return Int(number)
    }

    /// Seconds until a reset: a span, or a moment as RFC 3339, in seconds or in milliseconds since 1970.
    private static func reset(_ text: String, now: Timestamp) -> Double? {
        guard let number = RetryAfter.number(text), number >= Self.leastMoment else {
            return span(text) ?? RetryAfter.seconds(untilInternetDate: text, now)
        }
        let moment = number >= Self.leastMoment * 1_000 ? number / 1_000 : number
        return RetryAfter.seconds(until: Date(timeIntervalSince1970: moment), now)
    }

    /// So many seconds were no span that anybody waits for: a moment, in the autumn of 2001.
    private static let leastMoment = 1e9

    /// `1s`, `6m0s`, `120ms`, `1h2m`, or bare seconds; nil for anything else.
    package static func span(_ text: String) -> Double? {
        guard (1...40).contains(text.utf8.count) else { return nil }
        if let plain = RetryAfter.number(text) { return min(plain, RetryAfter.longest) }
        var total = 0.0
        var digits = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character.isASCII, character.isNumber || character == "." {
                digits.append(character)
                continue
            }
            guard let number = RetryAfter.number(digits) else { return nil }
            digits = ""
            switch character {
            case "h": total += number * 3_600
            case "m" where rest.first == "s":
                rest.removeFirst()
                total += number / 1_000
            case "m": total += number * 60
            case "s": total += number
            case "d": total += number * 86_400
            default: return nil
            }
        }
        return digits.isEmpty && total.isFinite ? min(total, RetryAfter.longest) : nil
    }
}
