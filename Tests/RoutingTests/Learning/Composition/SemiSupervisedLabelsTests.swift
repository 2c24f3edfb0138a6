import Routing
import Testing

struct SemiSupervisedLabelsTests {
    /// Five labelled vectors; of the three nearest to (1, 0.1), two are of class 0: 0.67. To (0, 1) all are of class 1.
    private let vectors: [[Float]] = [[1, 0], [1, 0.2], [0.9, 0.3], [0.1, 1], [-0.1, 1], [1, 0.1], [0, 1]]
    private let labels: [Int?] = [0, 0, 1, 1, 1, nil, nil]

    @Test func theMajorityOfTheNeighboursLabelsAQuestion() {
        let filled = SemiSupervisedLabels(neighbours: 3, share: 0.6).filled(labels, vectors: vectors, categories: 2)
        #expect(filled == [0, 0, 1, 1, 1, 0, 1])
    }

    @Test func tooSmallAMajorityLabelsNobody() {
        let filled = SemiSupervisedLabels(neighbours: 3, share: 0.7).filled(labels, vectors: vectors, categories: 2)
        #expect(filled == [0, 0, 1, 1, 1, nil, 1])
    }

    @Test func withoutAnyLabelNothingIsGuessed() {
        let none = [Int?](repeating: nil, count: 7)
        #expect(SemiSupervisedLabels().filled(none, vectors: vectors, categories: 2) == none)
    }
}
