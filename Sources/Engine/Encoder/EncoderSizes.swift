/// The sizes of an encoder of the BERT family, as `config.json` gives them.
struct EncoderSizes: Equatable, Sendable {
    /// Numbers of a token's vector.
    var hidden: Int
    var heads: Int
    var layers: Int
    /// Numbers between the two matrices of a feed-forward block.
    var inner: Int
    var tokens: Int
    /// Tokens that a text may have for the model's sake.
    var positions: Int
    var tokenTypes: Int
    var epsilon: Float

    /// Numbers of a query, a key and a value of one head.
    var headSize: Int { hidden / heads }

    /// Reads them from `config.json`, and refuses a model that this program would compute wrongly.
    init(_ json: OrderedJSON) throws(SentenceEncoderRefusal) {
        try Self.check("model_type", in: json, is: "bert", isRequired: true)
        try Self.check("hidden_act", in: json, is: "gelu", isRequired: true)
        try Self.check("position_embedding_type", in: json, is: "absolute", isRequired: false)
        hidden = try Self.size("hidden_size", in: json, most: 1 << 16)
        heads = try Self.size("num_attention_heads", in: json, most: 1 << 10)
        layers = try Self.size("num_hidden_layers", in: json, most: 1 << 10)
        inner = try Self.size("intermediate_size", in: json, most: 1 << 18)
        tokens = try Self.size("vocab_size", in: json, most: 1 << 24)
        positions = try Self.size("max_position_embeddings", in: json, most: 1 << 20)
        tokenTypes = try Self.size("type_vocab_size", in: json, most: 1 << 10)
        guard hidden % heads == 0 else {
            throw .setting(
                "hidden_size in config.json", found: "\(hidden)", expected: "a multiple of the \(heads) heads")
        }
        guard positions >= 2 else {
            throw .setting("max_position_embeddings in config.json", found: "\(positions)", expected: "2 or more")
        }
        guard let epsilon = json["layer_norm_eps"]?.number, epsilon >= 0, epsilon < 1 else {
            throw .setting(
                "layer_norm_eps in config.json", found: json["layer_norm_eps"]?.shown ?? "missing",
                expected: "a number from 0 to 1")
        }
        self.epsilon = Float(epsilon)
    }

    private static func check(
        _ name: String, in json: OrderedJSON, is expected: String, isRequired: Bool
    ) throws(SentenceEncoderRefusal) {
        guard json[name] != nil || isRequired else { return }
        guard json[name]?.text == expected else {
            throw .setting(
                "\(name) in config.json", found: json[name]?.shown ?? "missing", expected: expected.debugDescription)
        }
    }

    private static func size(
        _ name: String, in json: OrderedJSON, most: Int
    ) throws(SentenceEncoderRefusal) -> Int {
        guard let size = json[name]?.whole, (1...most).contains(size) else {
            throw .setting(
                "\(name) in config.json", found: json[name]?.shown ?? "missing",
                expected: "a whole number of 1 to \(most)")
        }
        return size
    }
}
