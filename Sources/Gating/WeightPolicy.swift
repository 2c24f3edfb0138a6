/// Decides the final weights of a row's seats from the scores of the chosen experts.
public protocol WeightPolicy: Sendable {
    /// Changes the weights of one row's seats, `[seats]`, in place; the row may be empty.
    func weigh(_ weights: inout MutableSpan<Float>)
}
