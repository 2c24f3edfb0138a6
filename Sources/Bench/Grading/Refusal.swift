import Core

/// Tells an answer that declines from one that is wrong.
///
/// Ours: a filter withheld it, or it begins with a form of words that models decline with.
enum Refusal {
    private static let openings = [
        "i'm sorry, but i can", "i’m sorry, but i can", "i am sorry, but i can", "sorry, but i can", "i can't assist",
        "i cannot assist", "i can't help", "i cannot help", "i'm unable to", "i am unable to", "i'm not able to",
        "i cannot provide", "i can't provide", "i cannot answer", "i can't answer", "as an ai language model, i can",
        "as an ai, i can", "sorry, i can't", "sorry, i cannot", "i must decline", "i won't be able to",
    ]

    static func isOne(_ text: String, finish: FinishReason?) -> Bool {
        if finish == .contentFilter { return true }
        let opening = text.prefix(200).lowercased().drop { !$0.isLetter }
        return openings.contains { opening.hasPrefix($0) }
    }
}
