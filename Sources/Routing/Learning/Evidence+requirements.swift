import Core

extension Evidence {
    /// Throws a `Fault` for a learner that cannot begin without a question.
    func requireQuestions(for learner: String) throws(Fault) {
        guard count == 0 || experts.isEmpty else { return }
        throw Fault(
            .unsupported, learner, count == 0 ? "there is no question to learn from" : "there is no expert to learn of",
            expected: "questions with the recorded outcomes of at least one expert", hint: "Record outcomes first")
    }

    /// What a question costs each expert, `[experts]`: in dollars where every expert has a price, else in billions of
    /// active parameters. Throws a `Fault` where neither is known of every expert.
    func costs(for learner: String) throws(Fault) -> [Double] {
        let dollars = experts.compactMap(\.dollars)
        if dollars.count == experts.count { return dollars }
        let parameters = experts.compactMap(\.activeParameters)
        if parameters.count == experts.count { return parameters }
        throw Fault(
            .unsupported, learner, "neither the price nor the active parameters are known of every expert",
            expected: "dollars for all \(experts.count) experts, or active parameters for all",
            hint: "Give the experts a price, or choose another mechanism")
    }
}
