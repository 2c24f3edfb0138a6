import Foundation
import Support

/// A second, slow and plain reading of how an encoder of the BERT family computes (arXiv:1810.04805), in Double, that
/// shares nothing with the engine: what the engine is held to.
struct PlainEncoder {
    let model: TinyEncoderFolder

    /// The vector of a row of tokens.
    func vector(_ tokens: [Int]) -> [Double] {
        var rows = tokens.enumerated().map { position, token in
            let word = row(token, of: "embeddings.word_embeddings.weight")
            let place = row(position, of: "embeddings.position_embeddings.weight")
            let type = row(0, of: "embeddings.token_type_embeddings.weight")
            return normalised(sum(sum(word, place), type), "embeddings.LayerNorm")
        }
        for layer in 0..<TinyEncoderFolder.layers {
            let name = "encoder.layer.\(layer)."
            let found = attention(rows, name + "attention.self.").map { dense($0, name + "attention.output.dense") }
            rows = zip(rows, found).map { normalised(sum($0, $1), name + "attention.output.LayerNorm") }
            rows = rows.map { row in
                let inner = dense(row, name + "intermediate.dense").map { $0 * (1 + erf($0 / 2.0.squareRoot())) / 2 }
                return normalised(sum(row, dense(inner, name + "output.dense")), name + "output.LayerNorm")
            }
        }
        let mean = rows[0].indices.map { index in rows.reduce(0.0) { $0 + $1[index] } / Double(rows.count) }
        let length = dot(mean, mean).squareRoot()
        return mean.map { $0 / length }
    }

    private func attention(_ rows: [[Double]], _ name: String) -> [[Double]] {
        let size = TinyEncoderFolder.hidden / TinyEncoderFolder.heads
        let queries = rows.map { pieces(dense($0, name + "query"), of: size) }
        let keys = rows.map { pieces(dense($0, name + "key"), of: size) }
        let values = rows.map { pieces(dense($0, name + "value"), of: size) }
        return rows.indices.map { token in
            (0..<TinyEncoderFolder.heads).flatMap { head in
                let scores = keys.map { dot(queries[token][head], $0[head]) / Double(size).squareRoot() }
                return zip(softmax(scores), values).reduce([Double](repeating: 0, count: size)) { total, pair in
                    sum(total, pair.0 * pair.1[head])
                }
            }
        }
    }

    private func row(_ index: Int, of name: String) -> [Double] {
        let hidden = TinyEncoderFolder.hidden
        return model[name][index * hidden..<(index + 1) * hidden].map(Double.init)
    }

    private func dense(_ row: [Double], _ name: String) -> [Double] {
        let matrix = pieces(model[name + ".weight"].map(Double.init), of: row.count)
        return sum(matrix * row, model[name + ".bias"].map(Double.init))
    }

    private func normalised(_ row: [Double], _ name: String) -> [Double] {
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
        let (weight, bias) = (model[name + ".weight"], model[name + ".bias"])
        return row.indices.map {
            (row[$0] - mean) / (variance + TinyEncoderFolder.epsilon).squareRoot() * Double(weight[$0])
                + Double(bias[$0])
        }
    }
}
