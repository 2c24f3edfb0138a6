import Engine

/// The smallest vocabularies there are: the 256 bytes, some marks and a piece or merge, and a template for chats.
struct SampleVocabulary {
    let pieces: Bool

    private var tokens: [String] {
        guard pieces else { return ByteAlphabet.characters.map { String($0) } + ["ab"] + Self.marks }
        let bytes = (UInt8.min...UInt8.max).map { byte in
            "<0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) + ">"
        }
        return ["<unk>", "<s>", "</s>"] + bytes + ["▁", "a", "▁a"]
    }

    private var types: [Int32] {
        pieces
            ? [2, 3, 3] + [Int32](repeating: 6, count: 256) + [1, 1, 1] : [Int32](repeating: 1, count: 257) + [3, 3]
    }

    private static let marks = ["<|im_start|>", "<|im_end|>"]

    private static let template =
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message['content'] | trim }}<|im_end|>\n"
        + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"

    static func tokenCount(pieces: Bool) -> Int { pieces ? 262 : 259 }

    func add(to file: inout GGUFBytes) {
        file.add("tokenizer.ggml.model", type: 8, GGUFBytes.text(pieces ? "llama" : "gpt2"))
        file.add("tokenizer.ggml.pre", type: 8, GGUFBytes.text(pieces ? "default" : "qwen2"))
        file.add("tokenizer.ggml.tokens", type: 9, GGUFBytes.array(type: 8, tokens.map(GGUFBytes.text)))
        file.add("tokenizer.ggml.token_type", type: 9, GGUFBytes.array(type: 5, types.map { GGUFBytes.number($0) }))
        if pieces {
            let scores = (0..<tokens.count).map { GGUFBytes.number(Float(-$0).bitPattern) }
            file.add("tokenizer.ggml.scores", type: 9, GGUFBytes.array(type: 6, scores))
        } else {
            file.add("tokenizer.ggml.merges", type: 9, GGUFBytes.array(type: 8, [GGUFBytes.text("a b")]))
        }
        file.add("tokenizer.ggml.bos_token_id", type: 4, GGUFBytes.number(UInt32(pieces ? 1 : 257)))
        file.add("tokenizer.ggml.eos_token_id", type: 4, GGUFBytes.number(UInt32(pieces ? 2 : 258)))
        file.add("tokenizer.ggml.add_bos_token", type: 7, [1])
        file.add("tokenizer.chat_template", type: 8, GGUFBytes.text(Self.template))
    }
}
