import Foundation

/// Gated feed-forward blocks for the plain twin.
enum PlainFeedForward {
    /// `down (act(gate) · up)` of the dense tensors whose names end with `suffix`.
    static func dense(_ file: PlainFile, layer: Int, suffix: String = "", _ x: [[Double]]) throws -> [[Double]] {
        let prefix = "blk.\(layer).ffn_"
        let gate = try file.map("\(prefix)gate\(suffix)", x)
        let up = try file.map("\(prefix)up\(suffix)", x)
        return try file.map("\(prefix)down\(suffix)", zip(gate, up).map { opened($0, $1, file.family) })
    }

    /// One row bent, which opens or closes the other.
    static func opened(_ gate: [Double], _ up: [Double], _ family: PlainFamily) -> [Double] {
        zip(gate, up).map { gate, up in
            switch family {
            case .gptOSS:
                let held = min(gate, 7)
                return held * sigmoid(1.702 * held) * (min(max(up, -7), 7) + 1)
            case .gemma3:
                return gate / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (gate + 0.044715 * pow(gate, 3)))) * up
            default: return gate * sigmoid(gate) * up
            }
        }
    }
}
