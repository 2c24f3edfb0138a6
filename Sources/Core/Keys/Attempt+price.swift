extension Attempt {
    /// What the expert's provider says that the call cost, beside `dollars`, which is what the price says.
    public var reportedDollars: Double? { usage.reportedDollars }

    /// Smaller differences are rounding, which every bill has somewhere.
    private static let tolerance = (share: 0.1, dollars: 0.000_01)

    /// In words, if the provider's amount is not the price's; nil if it agrees, or says nothing.
    public var priceMismatch: String? {
        guard let reported = reportedDollars, reported.isFinite else { return nil }
        let apart = abs(reported - dollars)
        guard apart > Self.tolerance.dollars, apart > Self.tolerance.share * max(reported, dollars) else { return nil }
        return
            "\(expert) says that its answer cost $\(reported.inDollars), its price makes it $\(dollars.inDollars): "
            + "look at experts.\(expert).price"
    }
}
