/// The tokens after which a model has said what it wanted to say.
///
/// Files name one or two of them; the others are known by their texts. Source of the texts and of the two exceptions:
/// `llama-vocab.cpp` of llama.cpp. It takes every token of such a text; we leave out what may be plain text: in
/// `<s>old</s>` of HTML the second tag is a token in many vocabularies, and ends nothing.
enum EndTokens {
    /// The ids in `tokens` that end an answer, `named` by the file among them.
    static func ids(in tokens: [String], types: [Int], named: [Int]) -> Set<Int> {
        var ends: [String: Int] = [:]
        for (id, token) in tokens.enumerated() where isEnd(token, type: id < types.count ? types[id] : 1) {
            ends[token] = id
        }
        for id in named where tokens.indices.contains(id) { ends[tokens[id]] = id }
        let call = ends["<|call|>"] ?? ends["<|calls|>"]
        if call != nil, ends["<|return|>"] != nil || ends["<|flush|>"] != nil {
            // Here `<|end|>` ends a message, of which an answer has several (gpt-oss, Solar Open).
            ends["<|end|>"] = nil
        }
        if ends["<|tool_response>"] != nil { ends["</s>"] = nil }
        return Set(ends.values)
    }

    private static func isEnd(_ token: String, type: Int) -> Bool {
        // A look at one byte spares most tokens the look-up.
        guard let first = token.utf8.first, first == 0x3C || first == 0x5B || first == 0x5F else { return false }
        if unmistakable.contains(token) { return type != TokenKind.unused.rawValue }
        return type == TokenKind.control.rawValue && controls.contains(token)
    }

    /// Texts that nobody writes for another purpose; older files call them normal or user-defined.
    private static let unmistakable: Set<String> = [
        "<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<|flush|>", "<|calls|>",
        "<|endoftext|>", "<|end_of_text|>", "<end_of_turn>", "<end_of_utterance>", "<turn|>", "<|tool_response>",
        "<｜end▁of▁sentence｜>",
    ]

    /// Texts that count for a control token only. Those of the last two lines are not for the end of an answer: a model that
    /// completes code goes on with another file or pads after them.
    private static let controls: Set<String> = [
        "</s>", "<eos>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]", "[e~[",
        "<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<reponame>",
        "<|file_sep|>",
    ]
}
