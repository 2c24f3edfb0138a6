import Engine
import Foundation
import Kernels
import Testing

/// The scores of models made elsewhere, against an exact evaluation and llama.cpp's; skipped unless MUSTER_PARITY names
/// a folder of them.
@Suite(.enabled(if: ParityFixture.folder != nil, "MUSTER_PARITY names no folder of model files"))
struct ParityAnswersTests {
    @Test func theFolderHasFixtures() {
        #expect(!ParityFixture.all.isEmpty)
    }

    @Test(arguments: ParityFixture.all)
    func aPromptScoresAsTheExactWeightsDo(fixture: ParityFixture) throws {
        let worst = try scores(of: fixture, .float) { evaluation, body in
            evaluation.extend(by: fixture.answers.prompt_tokens, scoring: .all, body)
        }
        #expect(worst.toExact < (fixture.isFloat ? 1e-4 : 2e-2))
        #expect(fixture.isFloat || worst.toExact <= largest(fixture.theirs, fixture.exact))
    }

    /// Activations are rounded as llama.cpp rounds them, so the distance to the exact scores is as large as its own.
    @Test(arguments: ParityFixture.all)
    func tokenByTokenScoresLieAsNearAsThoseOfLlamaCpp(fixture: ParityFixture) throws {
        let worst = try scores(of: fixture, .eightBit) { evaluation, body in
            for (place, token) in fixture.answers.prompt_tokens.enumerated() {
                evaluation.extend(by: [token], scoring: .all) { body(place + $0, $1) }
            }
        }
        // A cache of half numbers moves some roundings, and with them now and then an expert.
        #expect(worst.rootMeanSquare < (fixture.isFloat ? 1e-4 : 0.35))
    }

    @Test(arguments: ParityFixture.all)
    func theSameWeightExpertsAreChosen(fixture: ParityFixture) throws {
        let model = try LanguageModel(readingFileAt: fixture.model.path())
        let tokens = fixture.answers.prompt_tokens
        let recorder = RoutingRecorder(model, capacity: tokens.count)
        let evaluation = Evaluation(model, team: try #require(ThreadTeam(threads: 2)), capacity: tokens.count)
        evaluation.extend(by: tokens, scoring: .none, recorder: recorder) { _, _ in }
        for (layer, expected) in fixture.answers.experts_per_layer {
            let record = recorder.trace.layers[try #require(Int(layer))]
            for token in tokens.indices {
                #expect(Set(record.experts(of: token).map(Int.init)) == Set(expected[token]), "layer \(layer)")
            }
        }
    }

    /// Compared up to the first step whose best two tokens lie closer than rounding reaches.
    @Test(arguments: ParityFixture.all)
    func theGreedyAnswerIsTheirs(fixture: ParityFixture) throws {
        let answers = fixture.answers
        let model = try LanguageModel(readingFileAt: fixture.model.path())
        let evaluation = Evaluation(
            model, team: try #require(ThreadTeam(threads: 2)),
            capacity: answers.prompt_tokens.count + answers.greedy_llamacpp.count, form: .eightBit)
        var next = answers.prompt_tokens
        for (expected, gap) in zip(answers.greedy_llamacpp, answers.greedy_gap) {
            var best = 0
            evaluation.extend(by: next, scoring: .last) { _, scores in
                best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
            }
            guard gap > (fixture.isFloat ? 1e-3 : 0.6) else { break }
            #expect(best == expected)
            next = [expected]
        }
    }

    private struct Distance {
        var toExact: Float = 0
        var rootMeanSquare: Float = 0
    }

    private func scores(
        of fixture: ParityFixture, _ form: ActivationForm,
        _ run: (Evaluation, (Int, UnsafeBufferPointer<Float>) -> Void) -> Void
    ) throws -> Distance {
        let model = try LanguageModel(readingFileAt: fixture.model.path())
        let evaluation = Evaluation(
            model, team: try #require(ThreadTeam(threads: 2)), capacity: fixture.answers.prompt_tokens.count,
            form: form)
        var distance = Distance()
        var squares: Float = 0
        run(evaluation) { place, row in
            for column in row.indices {
                let difference = abs(row[column] - fixture.exact[place * row.count + column])
                distance.toExact = max(distance.toExact, difference)
                squares += difference * difference
            }
        }
        distance.rootMeanSquare = (squares / Float(fixture.exact.count)).squareRoot()
        return distance
    }

    private func largest(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).map { abs($0 - $1) }.max() ?? 0
    }
}
