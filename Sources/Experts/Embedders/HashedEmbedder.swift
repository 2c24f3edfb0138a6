public import Core

/// Turns texts into vectors by their words and letters alone: no model, no download, the same on every machine.
///
/// Words and the 3- to 5-letter pieces of each word (with its ends marked) are hashed into 512 places with a sign
/// (Weinberger et al., arXiv:0902.2206), counted as 1 + log2 of their number, words twice as much as pieces, and scaled
/// to unit length. It sees spelling, not meaning: `eigenvalues` is near `eigenvalue`, `physician` is not near `doctor`.
public struct HashedEmbedder: Embedder {
    /// Places of a vector.
    public static let dimension = 512

    public let name = "hashed-512-1"

    public init() {}

    public func embed(_ texts: [String]) async throws -> [[Float]] { texts.map(vector(of:)) }

    /// The vector of one text; of a text without letters or digits, a fixed one.
    package func vector(of text: String) -> [Float] {
        var counts: [String: Int] = [:]
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(2_000) {
            counts["w:" + word, default: 0] += 1
            let letters = Array("^" + word.prefix(64) + "$")
            for length in 3...5 where letters.count >= length {
                for start in 0...(letters.count - length) {
                    counts[String(letters[start..<start + length]), default: 0] += 1
                }
            }
        }
        var vector = [Float](repeating: 0, count: Self.dimension)
        // Summed in a fixed order, so that rounding is the same in every run.
        for (feature, count) in counts.sorted(by: { $0.key < $1.key }) {
            let hash = Fingerprint(of: feature).seed
            let weight: Float = (feature.hasPrefix("w:") ? 2 : 1) * (1 + Float(count).logarithm2)
            vector[Int(hash % UInt64(Self.dimension))] += hash >> 63 == 0 ? weight : -weight
        }
        return vector.atUnitLength
    }
}

extension Float {
    /// log2 to the exponent and a straight line between powers of two: exact enough to weigh a count.
    fileprivate var logarithm2: Float { Float(exponent) + (significand - 1) }
}
