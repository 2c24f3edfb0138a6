/// Attempts stand in every trace, which writes itself.
extension Attempt: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("expert", expert.rawValue)
            $0.put("role", role)
            $0.put("seconds", seconds)
            $0.put("firstTextSeconds", firstTextSeconds)
            $0.put("usage", usage)
            $0.put("dollars", dollars)
            $0.put("priceVersion", priceVersion)
            $0.put("finish", finish)
            $0.put("answer", answer)
            $0.put("fault", fault)
            $0.put("reason", reason)
            $0.put("outcome", outcome)
            $0.put("startSeconds", startSeconds)
            $0.put("queuedSeconds", queuedSeconds)
            $0.put("clock", clock)
            $0.put("status", status)
            $0.put("bytes", bytes)
        }
    }
}

extension Usage: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("promptTokens", promptTokens)
            $0.put("completionTokens", completionTokens)
            $0.put("cachedTokens", cachedTokens)
            $0.put("estimated", estimated)
            $0.put("reportedDollars", reportedDollars)
        }
    }
}

extension Fault: JSONTold {
    package func tell(to page: JSONPage) {
        page.object {
            $0.put("code", code)
            $0.put("subject", subject)
            $0.put("found", found)
            $0.put("expected", expected)
            $0.put("hint", hint)
            $0.put("causes", causes)
            $0.put("retryAfterSeconds", retryAfterSeconds)
        }
    }
}
