import ArgumentParser
import Core
import Pipeline
import Settings
import Store

/// `muster expert test`: asks each expert something small, whole and streamed.
struct ExpertTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Ask experts something small, whole and streamed, and say what they did.",
        discussion: "With --json: [{expert, delivery, ok, seconds, first_text_seconds, usage, text, fault}].")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Only these experts.")
    var ids: [String] = []

    private struct Outcome: Encodable {
        var expert: ExpertID
        var delivery: String
        var ok: Bool
        var seconds: Double
        var firstTextSeconds: Double?
        var usage: Usage?
        var text: String?
        var fault: Fault?
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            var outcomes: [Outcome] = []
            for id in try assembly.experts(named: ids) {
                for delivery in [Delivery.whole, .streamed] {
                    let outcome = try await test(try assembly.directory.expert(id), delivery, assembly.time)
                    outcomes.append(outcome)
                    if !shared.json { say(outcome) }
                }
            }
            if shared.json { try Output.json(outcomes) }
            if !outcomes.allSatisfy(\.ok) { throw ExitStatus.failed.code }
        }
    }

    private func test(_ expert: any Expert, _ delivery: Delivery, _ time: TimeSource) async throws -> Outcome {
        let question = Question("Say the word ready.", sampling: Sampling(temperature: 0, maximumTokens: 16))
        let started = time.now()
        var outcome = Outcome(
            expert: expert.card.id, delivery: delivery == .whole ? "whole" : "streamed", ok: false, seconds: 0)
        do {
            let answer = try await expert.answer(question, time: time, delivery: delivery)
            outcome.ok = true
            outcome.firstTextSeconds = answer.firstTextSeconds
            outcome.usage = answer.usage
            outcome.text = answer.text
        } catch let fault as Fault {
            outcome.fault = fault
        }
        outcome.seconds = time.seconds(since: started)
        return outcome
    }

    private func say(_ outcome: Outcome) {
        guard outcome.ok else {
            return Output.line("\(outcome.expert) \(outcome.delivery): failed: \(outcome.fault?.sentence ?? "")")
        }
        let usage = outcome.usage.map {
            "\($0.promptTokens) + \($0.completionTokens) tokens"
                + ($0.estimated ? ", counted by us: it reports none" : "")
        }
        let text = (outcome.text ?? "").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        Output.line(
            "\(outcome.expert) \(outcome.delivery): ok in \(outcome.seconds.decimals(2)) s (\(usage ?? "")) \"\(text.prefix(40))\""
        )
    }
}
