/// Turns the raw scores of one row into the shares that experts are chosen and weighed by.
public protocol Normaliser: Sendable {
    /// Normalises one row, `[experts]`, in place. An excluded entry (NaN or minus infinity) has no part in any sum and
    /// is still excluded afterwards, as NaN or minus infinity.
    func normalise(_ row: inout MutableSpan<Float>)
}
