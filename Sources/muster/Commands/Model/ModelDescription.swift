import Engine

/// What a model file holds, in numbers for people and scripts.
struct ModelDescription: Encodable {
    let name: String
    let architecture: String
    /// Nil when it can be run.
    let obstacle: String?
    let contextTokens: Int?
    let layers: Int?
    let experts: Int?
    let expertsUsed: Int?
    let vocabulary: Int?
    let parameters: Int
    /// Parameters that serve one token: of the weight experts only those chosen, and no embedding but the token's.
    let activeParameters: Int
    let bytes: Int
    /// Bytes of weights read for one token.
    let activeBytes: Int
    /// Bytes by type of number.
    let types: [String: Int]
    let chatTemplate: Bool
    let files: Int
    let tensors: [Tensor]?

    struct Tensor: Encodable {
        let name: String
        let type: String
        let shape: [Int]
        let bytes: Int
    }

    init(_ parts: GGUFParts, listsTensors: Bool) {
        let metadata = parts.metadata
        let architecture = (try? metadata.text("general.architecture")) ?? "unknown"
        func size(_ key: String) -> Int? { try? metadata.integer("\(architecture).\(key)") }
        self.architecture = architecture
        name = (try? metadata.text("general.name")) ?? "unnamed"
        contextTokens = size("context_length")
        layers = size("block_count")
        experts = size("expert_count")
        expertsUsed = size("expert_used_count")
        chatTemplate = metadata["tokenizer.chat_template"] != nil
        files = parts.files.count
        do {
            vocabulary = try LanguageModel(parts).tokenCount
            obstacle = nil
        } catch {
            vocabulary = nil
            obstacle = "\(error)"
        }
        let all = parts.files.flatMap { $0.tensors.tensors }
        let isTied = !all.contains { $0.name == "output.weight" }
        var (active, activeBytes, types) = (0.0, 0.0, [String: Int]())
        for tensor in all {
            var share = 1.0
            if tensor.name.contains("_exps."), let experts, let expertsUsed, experts > 0 {
                share = Double(expertsUsed) / Double(experts)
            } else if tensor.name == "token_embd.weight", !isTied {
                share = 1 / Double(tensor.rowCount)
            }
            active += share * Double(tensor.rowLength * tensor.rowCount)
            activeBytes += share * Double(tensor.byteCount)
            types[tensor.type.name, default: 0] += tensor.byteCount
        }
        parameters = all.reduce(0) { $0 + $1.rowLength * $1.rowCount }
        activeParameters = Int(active)
        bytes = all.reduce(0) { $0 + $1.byteCount }
        self.activeBytes = Int(activeBytes)
        self.types = types
        tensors =
            listsTensors
            ? all.map { Tensor(name: $0.name, type: $0.type.name, shape: $0.shape, bytes: $0.byteCount) } : nil
    }

    var lines: [String] {
        var lines = [
            "\(name) (\(architecture))" + (files == 1 ? "" : ", in \(files) files"),
            "parameters  \(Self.millions(parameters)), \(Self.millions(activeParameters)) for a token",
            "bytes       \(Self.mebibytes(bytes)), \(Self.mebibytes(activeBytes)) read for a token",
            "types       "
                + types.sorted { $0.value > $1.value }
                .map { "\($0.key) \(Self.mebibytes($0.value))" }.joined(separator: ", "),
        ]
        if let layers, let contextTokens {
            lines.append("shape       \(layers) layers, context of \(contextTokens) tokens")
        }
        if let experts, let expertsUsed, experts > 0 {
            lines.append("experts     \(expertsUsed) of \(experts) in a layer serve a token")
        }
        lines.append("chat        " + (chatTemplate ? "has a template" : "has no template: it continues texts"))
        lines.append("runs here   " + (obstacle.map { "no: \($0)" } ?? "yes"))
        for tensor in tensors ?? [] {
            lines.append("  \(tensor.name)  \(tensor.type)  \(tensor.shape.map(String.init).joined(separator: " × "))")
        }
        return lines
    }

    private static func millions(_ count: Int) -> String { (Double(count) / 1e6).decimals(1) + " M" }
    private static func mebibytes(_ count: Int) -> String { (Double(count) / 1_048_576).decimals(1) + " MiB" }
}
