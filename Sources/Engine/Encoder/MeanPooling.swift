/// Makes one vector of a text's tokens: their mean, at length one (arXiv:1908.10084).
enum MeanPooling {
    /// The vector of the `count` rows of `dimension` numbers at `rows`; the first axis for a mean without length.
    static func vector(_ rows: UnsafePointer<Float>, count: Int, _ dimension: Int) -> [Float] {
        var sums = [Float](repeating: 0, count: dimension)
        for row in 0..<count {
            let numbers = rows + row * dimension
            for index in 0..<dimension { sums[index] += numbers[index] }
        }
        // The length takes the division by the count along.
        let square = sums.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard square > 0, square.isFinite else { return sums.indices.map { $0 == 0 ? 1 : 0 } }
        let scale = Float(1 / square.squareRoot())
        return sums.map { $0 * scale }
    }
}
