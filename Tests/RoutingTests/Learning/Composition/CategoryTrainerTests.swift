import Core
import Routing
import Testing

struct CategoryTrainerTests {
    static let trainers: [any CategoryTrainer] = [
        NeighbourCategories(neighbours: 10), LogisticCategories(), NetworkCategories(units: 16),
    ]

    /// Three directions in eight dimensions with noise.
    private func questions(_ count: Int, seed: UInt64) -> (vectors: [[Float]], labels: [Int]) {
        var random = SeededRandom(seed: seed)
        let labels = (0..<count).map { _ in random.below(3) }
        let vectors = labels.map { label in
            var vector = (0..<8).map { _ in Float(random.unit() - 0.5) }
            vector[label] += 1
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 / length }
        }
        return (vectors, labels)
    }

    @Test(arguments: 0..<3) func findsTheCategoryOfQuestionsItHasNotSeen(trainer index: Int) {
        let (vectors, labels) = questions(400, seed: 1)
        let classifier = Self.trainers[index].train(on: vectors, labels: labels, categories: 3, seed: 1)
        let (others, truth) = questions(300, seed: 2)
        let right = zip(others, truth).count { vector, label in
            let probabilities = classifier.probabilities(for: vector)
            return probabilities.firstIndex(of: probabilities.max() ?? 0) == label
        }
        #expect(right > 270)
    }

    /// Law: probabilities are not negative and sum to one, for any vector.
    @Test(arguments: 0..<3) func probabilitiesSumToOne(trainer index: Int) {
        let (vectors, labels) = questions(100, seed: 3)
        let classifier = Self.trainers[index].train(on: vectors, labels: labels, categories: 3, seed: 1)
        let strange: [[Float]] = [[], [0, 0], [Float](repeating: 9, count: 20), [-1, 5, 0, 0, 0, 0, 0, 0]]
        for vector in questions(50, seed: 4).vectors + strange {
            let probabilities = classifier.probabilities(for: vector)
            #expect(probabilities.allSatisfy { $0 >= 0 })
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
        }
    }

    @Test(arguments: 0..<3) func theSameSeedGivesTheSameBits(trainer index: Int) {
        let (vectors, labels) = questions(100, seed: 5)
        let twice = (0..<2).map { _ in
            Self.trainers[index].train(on: vectors, labels: labels, categories: 3, seed: 9)
                .probabilities(for: vectors[0])
        }
        #expect(twice[0] == twice[1])
    }

    /// The three nearest to (1, 0) of four: two of class 0 and one of class 1.
    @Test func neighboursShareByHand() {
        let classifier = NeighbourCategories(neighbours: 3).train(
            on: [[1, 0.1], [1, 0.2], [0.8, 0.6], [0, 1]], labels: [0, 0, 1, 1], categories: 2, seed: 0)
        #expect(classifier.probabilities(for: [1, 0]) == [2.0 / 3, 1.0 / 3])
    }

    /// Where vectors say nothing only the biases can fit, and the optimum is the share of each class: 3/4 and 1/4.
    @Test(arguments: 1..<3) func withoutDirectionTheSharesOfTheClassesRemain(trainer index: Int) {
        let classifier = Self.trainers[index].train(
            on: [[0, 0], [0, 0], [0, 0], [0, 0]], labels: [0, 0, 1, 0], categories: 2, seed: 0)
        #expect(abs(classifier.probabilities(for: [0, 0])[0] - 0.75) < 0.01)
    }

    /// Two opposite vectors, each its own class, scaled to ±1. By symmetry w = ±v in the two classes and no bias, and the
    /// slope of the mean loss vanishes where P(wrong) = penalty · v. With penalty 0.1: v = 1.04, for
    /// 1 / (1 + exp(2 · 1.04)) = 0.111 and 0.1 · 1.04 = 0.104; v = 1.06 gives 0.107 and 0.106; v = 1.065: 0.1062, 0.1065.
    @Test func regressionStopsWhereThePenaltyHoldsItByHand() {
        let classifier = LogisticCategories(penalty: 0.1).train(
            on: [[1], [-1]], labels: [0, 1], categories: 2, seed: 0)
        #expect(abs(classifier.probabilities(for: [1])[1] - 0.1064) < 0.003)
    }

    /// A network bends: the class is whether two signs differ. A straight line can cut off one of the four quadrants at
    /// best, so it is right in about three.
    @Test func aNetworkLearnsWhatARegressionCannot() {
        var random = SeededRandom(seed: 8)
        let vectors = (0..<400).map { _ in (0..<2).map { _ in Float(random.unit() - 0.5) } }
        let labels = vectors.map { $0[0] * $0[1] > 0 ? 1 : 0 }
        func share(_ trainer: any CategoryTrainer) -> Double {
            let classifier = trainer.train(on: vectors, labels: labels, categories: 2, seed: 1)
            let right = zip(vectors, labels).count { (classifier.probabilities(for: $0)[1] > 0.5) == ($1 == 1) }
            return Double(right) / 400
        }
        #expect(share(NetworkCategories(units: 16, penalty: 0)) > 0.9)
        #expect(share(LogisticCategories()) < 0.8)
    }
}
