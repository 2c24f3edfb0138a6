/// Which expert serves each category: the second half of a composition of experts.
public struct CategoryMapping: Sendable, Hashable {
    /// The expert of each category, `[categories]`, by index.
    public let experts: [Int]

    /// The experts that serve a category, each once, lowest index first.
    public var held: [Int] { Set(experts).sorted() }

    package init(experts: [Int]) { self.experts = experts }
}
