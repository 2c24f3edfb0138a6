import Engine
import Testing

struct SamplingSettingsTests {
    @Test func theDefaultsChangeNothing() throws {
        let settings = try SamplingSettings()
        #expect(settings.temperature == 1 && settings.topP == 1 && settings.minP == 0 && settings.topK == nil)
        #expect(settings.repetitionPenalty == 1 && settings.repetitionWindow == 64)
        #expect(settings.frequencyPenalty == 0 && settings.presencePenalty == 0 && settings.logitBias.isEmpty)
    }

    @Test func theEndsOfEveryRangeAreAccepted() throws {
        _ = try SamplingSettings(
            temperature: 0, topK: 1, topP: 0, minP: 0, repetitionPenalty: 0.01, repetitionWindow: 0,
            frequencyPenalty: -2, presencePenalty: -2, logitBias: [0: -100])
        _ = try SamplingSettings(
            temperature: 2, topK: .max, topP: 1, minP: 1, repetitionPenalty: 2, repetitionWindow: 65_536,
            frequencyPenalty: 2, presencePenalty: 2, logitBias: [0: 100])
    }

    @Test func refusalsNameTheParameterTheValueAndTheRange() {
        expect("temperature: found 2.5, expected a number from 0 to 2.") { try SamplingSettings(temperature: 2.5) }
        expect("temperature: found nan, expected a number from 0 to 2.") { try SamplingSettings(temperature: .nan) }
        expect("top_k: found 0, expected a whole number of 1 or more.") { try SamplingSettings(topK: 0) }
        expect("top_p: found 1.1, expected a number from 0 to 1.") { try SamplingSettings(topP: 1.1) }
        expect("min_p: found -0.1, expected a number from 0 to 1.") { try SamplingSettings(minP: -0.1) }
        expect("repeat_penalty: found 0.0, expected a number above 0 and up to 2.") {
            try SamplingSettings(repetitionPenalty: 0)
        }
        expect("repeat_last_n: found -1, expected a whole number from 0 to 65536.") {
            try SamplingSettings(repetitionWindow: -1)
        }
        expect("frequency_penalty: found inf, expected a number from -2 to 2.") {
            try SamplingSettings(frequencyPenalty: .infinity)
        }
        expect("presence_penalty: found -3.0, expected a number from -2 to 2.") {
            try SamplingSettings(presencePenalty: -3)
        }
    }

    @Test func ofSeveralBiasesTheLowestIdIsRefused() {
        expect("logit_bias[7]: found 101.0, expected a number from -100 to 100.") {
            try SamplingSettings(logitBias: [9: -200, 7: 101, 3: 1])
        }
    }

    private func expect(_ sentence: String, _ make: () throws -> SamplingSettings) {
        let refusal = #expect(throws: SamplingRefusal.self) { try make() }
        #expect(refusal?.description == sentence)
    }
}
