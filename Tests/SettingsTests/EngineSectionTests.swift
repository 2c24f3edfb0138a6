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

    @Test func theMemoryOfWeightExpertsIsRead() {
        for (yaml, expected) in [
            ("{policy: least_frequent, bytes: 2GiB}", ExpertCacheSettings(policy: .leastFrequent, bytes: 2 << 30)),
            ("{policy: least_recent, bytes: 1MiB}", ExpertCacheSettings(policy: .leastRecent, bytes: 1 << 20)),
            ("{bytes: 512MiB}", ExpertCacheSettings(policy: .leastRecent, bytes: 512 << 20)),
        ] {
            let reading = Reading("engine: {expert_cache: \(yaml)}\nexperts: {}\n")
            #expect(reading.sentences.isEmpty)
            #expect(reading.settings.engine == LocalEngineSettings(expertCache: expected))
        }
        let nothing = Reading("engine: {expert_cache: }\nexperts: {}\n")
        #expect(nothing.sentences.isEmpty && nothing.settings.engine == LocalEngineSettings())
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
                "1:24: engine.expert_cache: bytes is missing. Say what the experts of a model may use: bytes: 2GiB."
            ),
            (
                "{expert_cache: 2GiB}",
                "1:24: engine.expert_cache: a group of settings belongs here, not a single value. "
                    + "There are policy, bytes."
            ),
            (
                "{expert_cache: {policy: lru, bytes: 2GiB}}",
                "1:33: engine.expert_cache.policy: there is no policy \"lru\". "
                    + "Choose least_recent or least_frequent."
            ),
            (
                "{expert_cache: {bytes: 12}}",
                "1:32: engine.expert_cache.bytes: \"12\" is not a size from 1MiB to 1048576GiB. "
                    + "Write it as 512KiB, 16MiB or 1GiB."
            ),
            ("{gate: {}}", "1:10: engine.gate: gate is not available in this version. Leave it out."),
            (
                "8",
                "1:9: engine: a group of settings belongs here, not a single value. "
                    + "There are threads, memory, answers, context, expert_cache."
            ),
        ] {
            expectSentences("engine: \(yaml)", "config.yaml:\(sentence)")
        }
    }
}
