import Engine
import Testing

struct SteeringPlanTests {
    private static let prompt = Array(0..<40)

    @Test(arguments: TinyModel.Architecture.mixtures)
    func aMaskedExpertIsNeverChosen(architecture: TinyModel.Architecture) throws {
        try TinyModel(architecture).written { path in
            let model = try LanguageModel(readingFileAt: path)
            let layer = model.layerCount - 1
            let (before, plain) = try trace(of: model, SteeringPlan())
            let favourite = try #require(counts(plain, layer).max { $0.value < $1.value }?.key)
            var plan = SteeringPlan()
            plan.set(.mask, layer: layer, expert: Int(favourite))
            let (after, steered) = try trace(of: model, plan)
            #expect(counts(steered, layer)[favourite] == nil)
            #expect(after != before)
            #expect(after.allSatisfy { $0.isFinite })
            // Another expert takes the seat, and the layers before do not know of it.
            #expect(steered.layers[layer].expert.count == plain.layers[layer].expert.count)
            #expect(steered.layers[layer - 1] == plain.layers[layer - 1])
        }
    }

    @Test(arguments: TinyModel.Architecture.mixtures)
    func aBoostedExpertIsChosenMore(architecture: TinyModel.Architecture) throws {
        try TinyModel(architecture).written { path in
            let model = try LanguageModel(readingFileAt: path)
            let layer = model.layerCount - 1
            let plain = counts(try trace(of: model, SteeringPlan()).trace, layer)
            let expert = try #require(
                (0..<UInt16(model.expertCounts[layer])).min { (plain[$0] ?? 0) < (plain[$1] ?? 0) })
            let seats = try [Float(-100), 0, 1, 100].map { boost in
                var plan = SteeringPlan()
                plan.set(.boost(boost), layer: layer, expert: Int(expert))
                return counts(try trace(of: model, plan).trace, layer)[expert] ?? 0
            }
            #expect(seats[0] == 0 || architecture == .deepseekV3)
            #expect(seats[0] <= seats[1] && seats[1] < seats[2] && seats[2] <= seats[3])
        }
    }

    @Test func anEmptyPlanChangesNoBit() throws {
        try TinyModel(.olmoe).written { path in
            let model = try LanguageModel(readingFileAt: path)
            let plain = try TinyRun.scores(model, passes: [Self.prompt])
            var plan = SteeringPlan()
            #expect(plan.isEmpty)
            #expect(try TinyRun.scores(model, passes: [Self.prompt], steering: plan) == plain)
            plan.set(.boost(0), layer: 0, expert: 1)
            #expect(!plan.isEmpty)
            #expect(try TinyRun.scores(model, passes: [Self.prompt], steering: plan) == plain)
        }
    }

    /// Without anyone to choose, a layer's mixture adds nothing; the model still speaks.
    @Test func aLayerMayHaveNobodyLeft() throws {
        try TinyModel(.qwen3moe).written { path in
            let model = try LanguageModel(readingFileAt: path)
            var plan = SteeringPlan()
            for expert in 0..<8 { plan.set(.mask, layer: 1, expert: expert) }
            let (scores, trace) = try trace(of: model, plan)
            #expect(trace.layers[1].expert.isEmpty && trace.layers[1].tokens == Self.prompt.count)
            #expect(trace.layers[0].expert.count == 2 * Self.prompt.count)
            #expect(scores.allSatisfy { $0.isFinite })
            #expect(plan.fewestLeft(expertCounts: model.expertCounts) == 0)
        }
    }

    @Test func theLastChangeOfAnExpertCounts() {
        var plan = SteeringPlan()
        plan.set(.mask, layer: 0, expert: 3)
        #expect(plan.fewestLeft(expertCounts: [8]) == 7)
        plan.set(.boost(2), layer: 0, expert: 3)
        #expect(plan.fewestLeft(expertCounts: [8]) == 8)
    }

    /// The lowest layer first, and in it the lowest expert. Layer 1 has no experts, and the model three layers.
    @Test func aPlanThatDoesNotFitNamesTheFirstExpertThatIsNotThere() throws {
        let misfits = [(0, 7), (0, 8), (1, 0), (2, 4), (3, 0), (-1, 0), (0, -1)].map { layer, expert in
            var plan = SteeringPlan()
            plan.set(.mask, layer: layer, expert: expert)
            return plan.misfit(expertCounts: [8, 0, 4]).map { [$0.layer, $0.expert] }
        }
        #expect(misfits == [nil, [0, 8], [1, 0], [2, 4], [3, 0], [-1, 0], [0, -1]])
        var plan = SteeringPlan()
        for (layer, expert) in [(2, 9), (0, 11), (0, 10), (0, 1)] { plan.set(.boost(1), layer: layer, expert: expert) }
        let first = try #require(plan.misfit(expertCounts: [8, 0, 4]))
        #expect(first.layer == 0 && first.expert == 10)
    }

    /// 8 - 2 and 4 - 1; a layer without experts has no say, and a boost takes nobody away.
    @Test func theFewestLeftAreCountedOverLayersWithExperts() {
        var plan = SteeringPlan()
        #expect(plan.fewestLeft(expertCounts: [8, 0, 4]) == 4)
        for (layer, expert) in [(0, 1), (0, 2), (2, 3)] { plan.set(.mask, layer: layer, expert: expert) }
        plan.set(.boost(1), layer: 2, expert: 0)
        #expect(plan.fewestLeft(expertCounts: [8, 0, 4]) == 3)
        #expect(plan.fewestLeft(expertCounts: [0, 0]) == 0)
    }

    private func trace(of model: LanguageModel, _ plan: SteeringPlan) throws -> (scores: [Float], trace: RoutingTrace) {
        let recorder = RoutingRecorder(model, capacity: Self.prompt.count)
        let scores = try TinyRun.scores(model, passes: [Self.prompt], steering: plan, recorder: recorder)
        return (scores, recorder.trace)
    }

    /// Seats of each expert that has any.
    private func counts(_ trace: RoutingTrace, _ layer: Int) -> [UInt16: Int] {
        trace.layers[layer].expert.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
