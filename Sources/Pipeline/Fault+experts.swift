import Core

extension Fault.Code {
    /// True if another expert may do better: this one is to blame, or cannot take such a question.
    var isOfOneExpert: Bool { blamesExpert || self == .unsupported }
}

extension Fault {
    /// What to say when no seat of a panel answered: what ended all of them if that was the question's own, as the end
    /// of its time is; else that every expert failed.
    ///
    /// - Parameter faults: at least one.
    static func nobodyAnswered(_ route: String, _ faults: [Fault]) -> Fault {
        if faults.count == 1, let only = faults.first { return only }
        var seen: Set<Fault> = []
        // Each once: an expert that holds several seats fails in the same way in each.
        let causes = faults.filter { seen.insert($0).inserted }
        if !faults.contains(where: \.code.blamesExpert),
            let own = faults.first(where: { $0.code == .overBudget }) ?? faults.first
        {
            return Fault(own.code, route, own.found, expected: own.expected, hint: own.hint, causes: causes)
        }
        return Fault(
            .noExpert, route, "every recruited expert failed",
            hint: "muster expert test shows what each one does; a route's fallback is asked in such a case",
            causes: causes, retryAfterSeconds: faults.compactMap(\.retryAfterSeconds).filter { $0 > 0 }.min())
    }
}
