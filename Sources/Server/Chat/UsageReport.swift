import Core

/// Tokens read and written, as clients count them.
struct UsageReport {
    var usage: Usage

    init(_ usage: Usage) { self.usage = usage }

    var json: String {
        let cached = usage.cachedTokens.map { #","prompt_tokens_details":{"cached_tokens":\#($0)}"# } ?? ""
        return #"{"prompt_tokens":\#(usage.promptTokens),"completion_tokens":\#(usage.completionTokens),"#
            + #""total_tokens":\#(usage.totalTokens)\#(cached)}"#
    }
}
