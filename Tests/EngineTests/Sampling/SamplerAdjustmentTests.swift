import Engine
import Testing

/// Masks, biases and penalties, seen through what a greedy sampler then takes.
struct SamplerAdjustmentTests {
    /// 2 → 2/1.5 = 1.33 < 1.5, so token 1; 1.5 → 1 < 1.33, so token 0. One penalty however often a token stands.
    @Test func theRepetitionPenaltyDividesPositiveLogits() throws {
        let settings = try SamplingSettings(temperature: 0, repetitionPenalty: 1.5)
        #expect(try tokens(4, from: [2, 1.5, 0.9], settings) == [0, 1, 0, 0])
    }

    /// -1 → -1.5 < -1.2, so token 1; -1.2 → -1.8 < -1.5, so token 0 again. Divided, -1 would stay the best.
    @Test func theRepetitionPenaltyMultipliesNegativeLogits() throws {
        let settings = try SamplingSettings(temperature: 0, repetitionPenalty: 1.5)
        #expect(try tokens(3, from: [-1, -1.2, -2], settings) == [0, 1, 0])
    }

    @Test func theRepetitionPenaltySeesThePromptWithinItsWindow() throws {
        let row: [Float] = [2, 1.5, 0.9]
        let settings = try SamplingSettings(temperature: 0, repetitionPenalty: 1.5, repetitionWindow: 2)
        #expect(try tokens(1, from: row, settings, prompt: [1, 0, 2]) == [1])
        #expect(try tokens(1, from: row, settings, prompt: [0, 1, 2]) == [0])
        let blind = try SamplingSettings(temperature: 0, repetitionPenalty: 1.5, repetitionWindow: 0)
        #expect(try tokens(3, from: row, blind, prompt: [0]) == [0, 0, 0])
    }

    /// A window of 1: token 0, then 1 (0 is penalised), then 0 again (only 1 is). Penalty 2: 2 → 1 < 1.5 → 0.75 < 2.
    @Test func theWindowForgetsOldTokens() throws {
        let settings = try SamplingSettings(temperature: 0, repetitionPenalty: 2, repetitionWindow: 1)
        #expect(try tokens(5, from: [2, 1.5, 1.2], settings) == [0, 1, 0, 1, 0])
        // All three remembered: 2 → 1; 1.5 → 0.75; 1.2 → 0.6; then the best of the penalised is token 0.
        let wide = try SamplingSettings(temperature: 0, repetitionPenalty: 2, repetitionWindow: 3)
        #expect(try tokens(4, from: [2, 1.5, 1.2], wide) == [0, 1, 2, 0])
    }

    /// A window of 2 over 0, 0: 2 → 1, so token 2 with 1.5. Then over 0, 2, one 0 still in it: 1, 1.2 and 0.75, so token
    /// 1. Then over 2, 1: token 0 is free again.
    @Test func aTokenTwiceInTheWindowLeavesItTwice() throws {
        let settings = try SamplingSettings(temperature: 0, repetitionPenalty: 2, repetitionWindow: 2)
        #expect(try tokens(3, from: [2, 1.2, 1.5], settings, prompt: [0, 0]) == [2, 1, 0])
    }

    /// 1 → 0.8 → 0.6 < 0.7, so token 1 third; 0.7 → 0.5 < 0.6, so 0; 0.4 < 0.5, so 1.
    @Test func theFrequencyPenaltyCountsEveryTime() throws {
        let settings = try SamplingSettings(temperature: 0, frequencyPenalty: 0.2)
        #expect(try tokens(5, from: [1, 0.7, 0], settings) == [0, 0, 1, 0, 1])
    }

    /// 1 → 0.5 < 0.7, so token 1; 0.7 → 0.2 < 0.5, so 0 from there on: once taken off, never again.
    @Test func thePresencePenaltyCountsOnce() throws {
        let settings = try SamplingSettings(temperature: 0, presencePenalty: 0.5)
        #expect(try tokens(5, from: [1, 0.7, 0], settings) == [0, 1, 0, 0, 0])
    }

    @Test func frequencyAndPresenceDoNotSeeThePrompt() throws {
        let settings = try SamplingSettings(temperature: 0, frequencyPenalty: 2, presencePenalty: 2)
        #expect(try tokens(1, from: [1, 0.7], settings, prompt: [0, 0, 0]) == [0])
    }

    @Test func aBiasIsAddedToTheLogit() throws {
        #expect(try tokens(1, from: [1, 0], SamplingSettings(temperature: 0, logitBias: [1: 0.9])) == [0])
        #expect(try tokens(1, from: [1, 0], SamplingSettings(temperature: 0, logitBias: [1: 1.1])) == [1])
        #expect(try tokens(1, from: [1, 0], SamplingSettings(temperature: 0, logitBias: [0: -100])) == [1])
        #expect(
            try counts(of: 200, from: [1, 0, 0.5], SamplingSettings(logitBias: [1: 100]), seed: 1).keys.sorted() == [1])
    }

    /// (2 + 1) / 2 = 1.5, and 1.5 - 0.7 = 0.8 < 0.9. Any other order of the three gives more than 0.9 (2/2 + 1 - 0.7 =
    /// 1.3; (2 - 0.7 + 1)/2 = 1.15).
    @Test func biasThenRepetitionThenPresence() throws {
        let settings = try SamplingSettings(
            temperature: 0, repetitionPenalty: 2, presencePenalty: 0.7, logitBias: [0: 1])
        #expect(try tokens(2, from: [2, 0.9], settings) == [0, 1])
        let milder = try SamplingSettings(
            temperature: 0, repetitionPenalty: 2, presencePenalty: 0.5, logitBias: [0: 1])
        #expect(try tokens(2, from: [2, 0.9], milder) == [0, 0])
    }

    @Test func aForbiddenTokenIsNeverChosenWhateverItsBias() throws {
        let row: [Float] = (0..<200).map { Float($0) / 10 }
        var mask = TokenMask(noneOf: 200)
        for token in [3, 64, 130] {
            mask.insert(token)
        }
        let list = try [
            SamplingSettings(temperature: 0, logitBias: [199: 100]), SamplingSettings(), SamplingSettings(topK: 3),
            SamplingSettings(topP: 0.99), SamplingSettings(repetitionPenalty: 0.5, logitBias: [199: 100]),
        ]
        for settings in list {
            var sampler = try Sampler(settings, tokenCount: 200, seed: 1, prompt: [199])
            for _ in 0..<50 {
                #expect(mask.contains(try sampler.next(row.span, allowed: mask)))
            }
        }
    }

    /// Top-k 2 of the allowed tokens 0, 2 and 3 is 3 and 2, though 4 is better than both.
    @Test func topKCountsAllowedTokensOnly() throws {
        let row: [Float] = [1, 1.1, 1.2, 1.3, 1.4]
        var mask = TokenMask(allOf: 5)
        mask.remove(4)
        mask.remove(1)
        var sampler = try Sampler(SamplingSettings(topK: 2), tokenCount: 5, seed: 1)
        #expect(Set(try (0..<100).map { _ in try sampler.next(row.span, allowed: mask) }) == [2, 3])
    }

    @Test func aFullMaskChangesNothing() throws {
        let row: [Float] = (0..<130).map { Float($0 % 7) }
        var plain = try Sampler(SamplingSettings(), tokenCount: 130, seed: 8)
        var masked = try Sampler(SamplingSettings(), tokenCount: 130, seed: 8)
        for _ in 0..<50 {
            #expect(try plain.next(row.span) == masked.next(row.span, allowed: TokenMask(allOf: 130)))
        }
    }

    @Test func refusesABiasForATokenThatDoesNotExist() throws {
        for token in [-1, 4] {
            let settings = try SamplingSettings(logitBias: [token: 1, 2: 1])
            let refusal = #expect(throws: SamplingRefusal.self) { try Sampler(settings, tokenCount: 4, seed: 1) }
            #expect(refusal?.description == "logit_bias: found token \(token), expected token ids from 0 to 3.")
        }
    }
}
