import Core

/// Tokens read and written, as clients count them.
struct UsageReport {
    var usage: Usage

    init(_ usage: Usage) { self.usage = usage }

    var json: String {
        let cached = usage.cachedTokens.map { #","prompt_tokens_details":{"cached_tokens":\#($0)}"# } ?? ""
        return #"{\#(counts.map { #""\#($0)":\#($1)"# }.joined(separator: ","))\#(cached)}"#
    }

    /// What an expert said of its own call, with the tokens of all calls in it; nil where there is nothing to change.
    ///
    /// - Parameters:
    ///   - own: the expert's `usage` as JSON; nil if it has none.
    ///   - calls: how many there were.
    func correcting(_ own: ArraySlice<UInt8>?, calls: Int) -> [UInt8]? {
        guard let own, let (value, members) = try? JSONReader.readPlaces(Array(own)),
            let prompt = value["prompt_tokens"]?.whole
        else { return calls > 1 ? Array(json.utf8) : nil }
        let isAll = prompt == usage.promptTokens && (value["completion_tokens"]?.whole ?? 0) == usage.completionTokens
        guard !isAll else { return nil }
        let changes = counts.reduce(into: [String: [UInt8]?]()) { $0[$1.name] = Array("\($1.count)".utf8) }
        return OriginalBody(Array(own), members: members).replacing(changes)
    }

    private var counts: [(name: String, count: Int)] {
        [
            ("prompt_tokens", usage.promptTokens), ("completion_tokens", usage.completionTokens),
            ("total_tokens", usage.totalTokens),
        ]
    }
}

extension Trace {
    /// How many calls to experts there were.
    var calls: Int { attempts.count(where: \.isCall) }
}
