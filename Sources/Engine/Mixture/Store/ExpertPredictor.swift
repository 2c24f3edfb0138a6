/// Guesses which weight experts a later layer will need, so that they can be read while the present one is computed.
///
/// A wrong guess costs reading and memory, never a wrong result.
public protocol ExpertPredictor: Sendable {
    /// Notes that a pass through `layer` needs `experts`, and guesses what it will need in a later layer, or in the
    /// next pass; nil for no guess.
    mutating func guess(after layer: Int, experts: [Int]) -> (layer: Int, experts: [Int])?
}
