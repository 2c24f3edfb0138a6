/// Lends experts where the mapped file has them: the system keeps in memory what it has room for.
struct MappedExperts: ExpertStore {
    func lend(_ stack: ExpertStack, layer: Int, experts: [Int], _ body: ([ExpertWeights]) -> Void) {
        body(experts.map { stack[$0] })
    }
}
