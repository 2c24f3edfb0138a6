import Foundation

/// Attention with keys and values of its own, for the plain twin.
struct PlainAttention {
    let file: PlainFile
    let layer: Int

    /// What each token takes from itself and those before it.
    func callAsFunction(_ x: [[Double]]) throws -> [[Double]] {
        let prefix = "blk.\(layer).attn_"
        let heads = try file.size("attention.head_count")
        let keyHeads = file.count("attention.head_count_kv") ?? heads
        let (keySize, valueSize) = (try file.size("attention.key_length"), try file.size("attention.value_length"))
        let queries = try turned(normed(file.map(prefix + "q", x), by: prefix + "q_norm", size: keySize), size: keySize)
        let keys = try turned(normed(file.map(prefix + "k", x), by: prefix + "k_norm", size: keySize), size: keySize)
        let values = try file.map(prefix + "v", x).map { pieces($0, of: valueSize) }
        let sinks = file.has(prefix + "sinks.weight") ? try file.vector(prefix + "sinks.weight") : nil
        let scale = file.number("attention.scale") ?? 1 / Double(keySize).squareRoot()
        let window = file.family.seesWindow(layer: layer) ? try file.size("attention.sliding_window") : x.count
        let mixed = x.indices.map { token in
            (0..<heads).flatMap { head in
                let other = head * keyHeads / heads
                let seen = max(0, token - window + 1)...token
                return PlainAttention.mix(
                    queries[token][head], keys: seen.map { keys[$0][other] }, values: seen.map { values[$0][other] },
                    scale: scale, sink: sinks?[head])
            }
        }
        return try file.map(prefix + "output", mixed)
    }

    /// The values weighed by the softmax of the keys' products with the query; a sink takes a share and gives nothing.
    static func mix(
        _ query: [Double], keys: [[Double]], values: [[Double]], scale: Double, sink: Double? = nil
    ) -> [Double] {
        let scores = keys.map { scale * dot(query, $0) } + (sink.map { [$0] } ?? [])
        let nothing = [Double](repeating: 0, count: values[0].count)
        return zip(softmax(scores), values).reduce(nothing) { sum($0, $1.0 * $1.1) }
    }

    /// The rows with their heads normalised, each by itself or all together, as wide as the norm is.
    private func normed(_ rows: [[Double]], by name: String, size: Int) throws -> [[Double]] {
        guard file.has(name + ".weight") else { return rows }
        let width = try file.vector(name + ".weight").count
        return try rows.map { try file.norm(name, pieces($0, of: width)).flatMap { $0 } }
    }

    /// Heads of `size` numbers, turned by the position of their token.
    private func turned(_ rows: [[Double]], size: Int) throws -> [[[Double]]] {
        let rotary = try file.rotary(layer: layer)
        return rows.enumerated().map { position, row in
            pieces(row, of: size).map { rotary.turned($0, position: position) }
        }
    }
}
