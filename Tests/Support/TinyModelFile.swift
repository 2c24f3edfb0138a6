import Foundation

/// Writes a whole model small enough to run in a test: a dense Llama of two layers with seeded random weights stored as
/// floats, a vocabulary of single bytes, and a template in the manner of ChatML.
///
/// Weights: 2 · 258 · 32 for embedding and output, 32 for the last norm, and in each layer 2 · 32 for norms, 4 · 32 · 32
/// for attention and 3 · 32 · 32 for the feed-forward block: 31,008 floats, 124,032 bytes. Keys and values of a token:
/// 2 layers · 2 · 32 floats, 512 bytes.
///
/// With weight experts, two of which serve a token, each layer has them in place of its block, 3 · 32 · 32 floats each,
/// and a router of 32 floats for each.
public struct TinyModelFile: Sendable {
    public static let weightBytes = 124_032
    public static let cacheBytesPerToken = 512
    /// One weight expert.
    public static let expertBytes = 12_288
    /// The token that ends an answer, `<|im_end|>`.
    public static let end = 257

    /// Whether the file knows how to write a conversation.
    public enum Template: Sendable { case chat, chatWithoutSystem, none }

    public var architecture = "llama"
    public var template = Template.chat
    /// Tokens it was made for.
    public var context = 256
    /// Weight experts of each layer; 0 for none.
    public var experts = 0
    public var seed: UInt64

    public init(seed: UInt64 = 1) { self.seed = seed }

    private static let width = 32
    private static let layers = 2
    private static let marks = ["<|im_start|>", "<|im_end|>"]

    /// The file.
    public var bytes: [UInt8] {
        let entries = entries
        let tensors = tensors
        var bytes = Array("GGUF".utf8) + Self.number(UInt32(3))
        bytes += Self.number(UInt64(tensors.count)) + Self.number(UInt64(entries.count)) + entries.joined()
        var start: UInt64 = 0
        for (name, shape) in tensors {
            bytes += Self.text(name + ".weight") + Self.number(UInt32(shape.count))
            bytes += shape.flatMap { Self.number(UInt64($0)) } + Self.number(UInt32(0)) + Self.number(start)
            start += UInt64(shape.reduce(4, *))
        }
        bytes += [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32)
        var random = TestRandom(seed: seed)
        for (_, shape) in tensors {
            // Norms near 1, matrices such that rows neither grow nor shrink much.
            let middle: Float = shape.count == 1 ? 1 : 0
            let spread = shape.count == 1 ? 0.1 : (3 / Float(shape[0])).squareRoot()
            for _ in 0..<shape.reduce(1, *) {
                bytes += Self.number((middle + Float.random(in: -spread...spread, using: &random)).bitPattern)
            }
        }
        return bytes
    }

    /// Writes the file.
    public func write(to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

    // MARK: What the file says of itself

    private var entries: [[UInt8]] {
        var entries = [Self.entry("general.architecture", type: 8, Self.text(architecture))]
        for (key, value) in [
            ("block_count", Self.layers), ("embedding_length", Self.width), ("context_length", context),
            ("attention.head_count", 2), ("feed_forward_length", Self.width),
        ] {
            entries.append(Self.entry("\(architecture).\(key)", type: 4, Self.number(UInt32(value))))
        }
        if experts > 0 {
            for (key, value) in [("expert_count", experts), ("expert_used_count", 2)] {
                entries.append(Self.entry("\(architecture).\(key)", type: 4, Self.number(UInt32(value))))
            }
        }
        let epsilon = Self.number(Float(1e-5).bitPattern)
        entries.append(Self.entry("\(architecture).attention.layer_norm_rms_epsilon", type: 6, epsilon))
        let tokens = (0..<256).map { Self.letter(UInt8($0)) } + Self.marks
        let types = [UInt32](repeating: 1, count: 256) + [3, 3]
        entries += [
            Self.entry("tokenizer.ggml.model", type: 8, Self.text("gpt2")),
            Self.entry("tokenizer.ggml.pre", type: 8, Self.text("gpt-2")),
            Self.entry("tokenizer.ggml.tokens", type: 9, Self.array(type: 8, tokens.map(Self.text))),
            Self.entry("tokenizer.ggml.token_type", type: 9, Self.array(type: 5, types.map { Self.number($0) })),
            Self.entry("tokenizer.ggml.merges", type: 9, Self.array(type: 8, [])),
            Self.entry("tokenizer.ggml.eos_token_id", type: 4, Self.number(UInt32(Self.end))),
        ]
        if let source { entries.append(Self.entry("tokenizer.chat_template", type: 8, Self.text(source))) }
        return entries
    }

    private var source: String? {
        let turns =
            "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
            // The last line break of a template is not written, unless it says so.
            + "{{ '<|im_start|>assistant\n' }}"
        switch template {
        case .chat: return turns
        case .chatWithoutSystem:
            return "{% if messages[0].role == 'system' %}{{ raise_exception('no system turns here') }}{% endif %}"
                + turns
        case .none: return nil
        }
    }

    private var tensors: [(String, [Int])] {
        let (width, rows) = (Self.width, 256 + Self.marks.count)
        let square = [width, width]
        let attention = [
            ("attn_norm", [width]), ("attn_q", square), ("attn_k", square), ("attn_v", square),
            ("attn_output", square), ("ffn_norm", [width]),
        ]
        let feedForward =
            experts == 0
            ? ["ffn_gate", "ffn_up", "ffn_down"].map { ($0, square) }
            : [("ffn_gate_inp", [width, experts])]
                + ["ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"].map { ($0, square + [experts]) }
        return [("token_embd", [width, rows]), ("output_norm", [width]), ("output", [width, rows])]
            + (0..<Self.layers).flatMap { layer in
                (attention + feedForward).map { ("blk.\(layer).\($0.0)", $0.1) }
            }
    }

    /// A byte in GPT-2's alphabet: printable ones as themselves, the n-th of the others as U+0100 + n.
    private static func letter(_ byte: UInt8) -> String {
        let isPrintable = { (byte: UInt8) in
            (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
        }
        let others = (0..<byte).count { !isPrintable($0) }
        let scalar = isPrintable(byte) ? Unicode.Scalar(byte) : Unicode.Scalar(UInt16(0x100 + others))
        return scalar.map { String(Character($0)) } ?? ""
    }

    // MARK: Bytes

    private static func entry(_ key: String, type: UInt32, _ value: [UInt8]) -> [UInt8] {
        text(key) + number(type) + value
    }

    private static func text(_ text: String) -> [UInt8] { number(UInt64(text.utf8.count)) + Array(text.utf8) }

    private static func array(type: UInt32, _ elements: [[UInt8]]) -> [UInt8] {
        number(type) + number(UInt64(elements.count)) + elements.joined()
    }

    private static func number<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
