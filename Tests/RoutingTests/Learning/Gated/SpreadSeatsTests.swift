import Core
import Routing
import Testing

struct SpreadSeatsTests {
    /// Law: of each family at most the limit sit, and the best of all families always does.
    @Test func noFamilyHoldsMoreThanItsSeats() throws {
        let experts = [
            "Llama-2-7b-hf", "Meta-Llama-3-8B", "meta-llama/Llama-3.1-70B", "gpt-4o", "openai/gpt-3.5", "Yi-34B",
        ]
        let families = [0, 0, 0, 1, 1, 2]
        let evidence = Evidence.known(experts: experts, questions: 200)
        for (limit, most) in [(1, 3), (2, 5)] {
            let seated = try SpreadSeats(KnownLearner(), limit: limit).seated(evidence, seats: 6)
            let best = try KnownLearner().seated(evidence, seats: 1)
            for (chosen, best) in zip(seated, best) {
                #expect(chosen.count == most && chosen.first == best.first)
                for family in 0..<3 { #expect(chosen.count { families[$0] == family } <= limit) }
            }
        }
    }

    /// What a name begins with makes the family; words before it that begin no name do not; nor what comes after.
    @Test func familiesAreReadFromNames() throws {
        let experts = ["DeepSeek-V3", "DeepSeek-Coder-V2", "Qwen1.5-7B-Chat", "qwen2:7b", "8b-model", "8b-other"]
        let evidence = Evidence.known(experts: experts, questions: 20)
        for chosen in try SpreadSeats(KnownLearner()).seated(evidence, seats: 6) {
            #expect(chosen.count == 4)
            #expect(chosen.contains(0) != chosen.contains(1) && chosen.contains(2) != chosen.contains(3))
        }
    }

    @Test func aFamilyCanBeNamed() throws {
        let evidence = Evidence.known(experts: ["mathstral-7B", "Mistral-7B"], questions: 20)
        #expect(try SpreadSeats(KnownLearner()).seated(evidence, seats: 2).allSatisfy { $0.count == 2 })
        let named = SpreadSeats(KnownLearner(), families: ["mathstral-7B": "mistral"])
        #expect(try named.seated(evidence, seats: 2).allSatisfy { $0.count == 1 })
    }
}
