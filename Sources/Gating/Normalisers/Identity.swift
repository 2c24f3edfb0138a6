/// Leaves the scores as they are, for scores that are already shares or where only their order matters.
///
/// `s_i = x_i`.
public struct Identity: Normaliser {
    /// The normaliser without a setting.
    public init() {}

    public func normalise(_ row: inout MutableSpan<Float>) {}
}
