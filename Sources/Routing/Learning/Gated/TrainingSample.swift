/// A few of the questions a router learned from, evenly spaced, with what it expects of each: enough to set a gate by.
struct TrainingSample {
    let views: [QuestionView]
    /// What the router expects of the experts that can be asked, `[views][experts]`.
    let expected: [[Float]]

    init(of evidence: Evidence, by router: any LearnedRouter, most: Int) {
        let count = min(most, evidence.count)
        views = (0..<count).map { evidence.views[$0 * evidence.count / count] }
        expected = views.map { $0.masked(router.expectations(for: $0)) }
    }
}
