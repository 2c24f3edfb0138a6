/// The seats of one row while a selector fills them.
///
/// One value serves row after row, with its working memory, so that a gate allocates for its result only.
public struct Seats: Sendable {
    /// The experts chosen so far, in seat order.
    public private(set) var experts: [Int] = []

    /// Working memory of ranking selectors: experts that wait to be chosen.
    var waiting: [Int] = []

    /// Working memory of drawing selectors: the weight of each expert in the draw.
    var drawWeights: [Double] = []

    /// No seats.
    public init() {}

    /// Number of seats filled.
    public var count: Int { experts.count }

    /// Gives the next seat to an expert.
    public mutating func append(_ expert: Int) {
        experts.append(expert)
    }

    /// Empties the seats for the next row and keeps the memory.
    public mutating func clear() {
        experts.removeAll(keepingCapacity: true)
    }
}
