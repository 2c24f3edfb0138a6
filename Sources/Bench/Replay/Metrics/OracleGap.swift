/// Where a strategy stands between the best single expert and the oracle that always asks one that is right.
package struct OracleGap: Sendable, Hashable {
    /// Mean score of the best expert asked alone.
    package var bestSingle: Double
    /// Mean of the best score that any expert had on each question.
    package var oracle: Double

    package init(bestSingle: Double, oracle: Double) {
        self.bestSingle = bestSingle
        self.oracle = oracle
    }

    /// (accuracy − best single) / (oracle − best single): 0 for the best single, 1 for the oracle, negative below the
    /// best single. Nil where the best single is as good as the oracle.
    package func closed(by accuracy: Double) -> Double? {
        oracle > bestSingle ? (accuracy - bestSingle) / (oracle - bestSingle) : nil
    }

    /// V_B = accuracy / best single (RouterEval, arXiv:2503.10657). Nil where the best single is never right.
    package func relativeToBest(_ accuracy: Double) -> Double? {
        bestSingle > 0 ? accuracy / bestSingle : nil
    }
}
