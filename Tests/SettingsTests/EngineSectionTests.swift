import Core
import Settings
import Testing

/// The section `engine:`, and what it changes for experts that run in this process.
struct EngineSectionTests {
    @Test func everySettingIsRead() {
        let reading = Reading("engine: {threads: 8, memory: 8GiB, answers: 2, context: 4096}\nexperts: {}\n")
        #expect(reading.sentences.isEmpty)
        #expect(
            reading.settings.engine == LocalEngineSettings(threads: 8, memory: 8 << 30, answers: 2, context: 4_096))
    }

    @Test func aLocalExpertTakesAsManyQuestionsAsItsModelMakesAnswers() throws {
        let yaml =
            "engine: {answers: 7}\nexperts: {a: {kind: local, model: m.gguf}, b: {\(Reading.usable)}}"
        let reading = Reading(yaml)
        #expect(reading.sentences.isEmpty)
        #expect(reading.settings.experts.map(\.card.concurrent) == [7, 4])
        #expect(
            Reading("experts: {a: {kind: local, model: m, limits: {concurrent: 2}}}").settings.experts
                .map(\.card.concurrent) == [2])
    }

    @Test func aLocalExpertIsNotTriedAgainAndHasTimeToLoad() throws {
        let expert = try #require(Reading("experts: {a: {kind: local, model: m.gguf}}").settings.experts.first)
        #expect(expert.retries == 0)
        #expect(expert.clocks.firstToken == .seconds(600) && expert.clocks.total == .seconds(1_800))
        let other = Reading("experts: {a: {kind: local, model: m.gguf, limits: {retries: 1}}}").settings.experts.first
        #expect(other?.retries == 1)
    }

    @Test func whatIsWrongIsSaid() {
        for (yaml, sentence) in [
            (
                "{threads: 0}",
                "1:19: engine.threads: \"0\" does not fit. A whole number from 1 to 256 belongs here."
            ),
            (
                "{memory: 8GB}",
                "1:18: engine.memory: \"8GB\" is not a size from 1MiB to 1048576GiB. "
                    + "Write it as 512KiB, 16MiB or 1GiB."
            ),
            (
                "{memory: 8}",
                "1:18: engine.memory: \"8\" is not a size from 1MiB to 1048576GiB. Write it as 512KiB, 16MiB or 1GiB."
            ),
            ("{answers: 65}", "1:19: engine.answers: \"65\" does not fit. A whole number from 1 to 64 belongs here."),
            (
                "{context: many}",
                "1:19: engine.context: \"many\" does not fit. A whole number from 1 to 10000000 belongs here."
            ),
            ("{thread: 4}", "1:10: engine.thread: there is no such setting. Did you mean threads?"),
            (
                "{expert_cache: {}}",
                "1:10: engine.expert_cache: expert_cache is not available in this version. Leave it out."
            ),
            (
                "8",
                "1:9: engine: a group of settings belongs here, not a single value. "
                    + "There are threads, memory, answers, context."
            ),
        ] {
            expectSentences("engine: \(yaml)", "config.yaml:\(sentence)")
        }
    }
}
