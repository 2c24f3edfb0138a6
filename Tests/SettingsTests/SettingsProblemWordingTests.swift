import Core
import Settings
import Testing

/// Holds what is said about any setting: place, path, what was found, what belongs there, the next step.
struct SettingsProblemWordingTests {
    @Test func everyPartHasItsPlaceInTheSentence() {
        var problem = SettingsProblem(
            file: "f", line: 3, column: 7, path: "a.b", found: "found", expected: "expected", fix: "Did you mean c?")
        #expect(problem.sentence == "f:3:7: a.b: found. expected. Did you mean c?")
        problem.line = 0
        #expect(problem.sentence == "f: a.b: found. expected. Did you mean c?")
        problem.path = ""
        problem.expected = ""
        #expect(problem.sentence == "f: found. Did you mean c?")
    }

    @Test func anUnknownNameComesWithTheNearestOne() {
        expectSentences(
            "experts:\n  math:\n    \(Reading.usable.replacing(", ", with: "\n    "))\n    limits:\n      "
                + "concurent: 8\n",
            "config.yaml:6:7: experts.math.limits.concurent: there is no such setting. Did you mean concurrent?")
        expectSentences("expert: {}", "config.yaml:1:1: expert: there is no such setting. Did you mean experts?")
        expectSentences(
            "store: {colour: red}",
            "config.yaml:1:9: store.colour: there is no such setting. There are path, keep_text, keep_traces.")
    }

    @Test func namesFromElsewhereAreTranslated() {
        expectSentences(
            "experts:\n  a: {api_base: \"http://h/v1\", \(Reading.usable)}",
            "config.yaml:2:7: experts.a.api_base: there is no such setting. api_base is called base_url here.")
        expectSentences(
            "model_list: []",
            "config.yaml:1:1: model_list: there is no such setting. model_list is called experts here.")
        expectSentences(
            "experts:\n  a: {timeout: 3s, \(Reading.usable)}",
            "config.yaml:2:7: experts.a.timeout: there is no such setting. timeout is limits.timeout or "
                + "clocks.total here."
        )
    }

    @Test func whatIsDesignedButNotThereIsSaidSo() {
        expectSentences(
            "engine: {gate: top_p}",
            "config.yaml:1:10: engine.gate: gate is not available in this version. Leave it out.")
        expectSentences(
            "routing: {r: {strategy: cascade}}",
            "config.yaml:1:25: routing.r.strategy: the strategy cascade is not available in this version. "
                + "Choose skill, value, fixed or random.")
    }

    @Test func aValueOfTheWrongTypeIsToldWhatBelongsThere() {
        for (yaml, sentence) in [
            (
                "server: 8080",
                "1:9: server: a group of settings belongs here, not a single value. "
                    + "There are host, port, hosts, api_keys, show_trace, metrics, dashboard, max_body, drain, "
                    + "admin_key, limits."
            ),
            ("server: {port: [1]}", "1:16: server.port: a single value belongs here, not a list."),
            ("server: {host: {a: b}}", "1:16: server.host: a single value belongs here, not a group of settings."),
            ("server: {host: \" \"}", "1:16: server.host: \" \" is empty, too long or not on one line."),
            ("store: {keep_text: yes}", "1:20: store.keep_text: \"yes\" is neither true nor false."),
            (
                "server: {show_trace: footer}",
                "1:22: server.show_trace: there is no place for traces \"footer\". Choose header, body or never."
            ),
            (
                "server: {show_trace: heder}",
                "1:22: server.show_trace: there is no place for traces \"heder\". Choose header, body or never. "
                    + "Did you mean header?"
            ),
            (
                "server: {drain: 30}",
                "1:17: server.drain: \"30\" is not a span of time. Write it with its unit: 250ms, 30s, 5m, 2h or 30d."
            ),
            (
                "store: {keep_traces: 0}",
                "1:22: store.keep_traces: a span of nothing makes no sense here. Write at least 1ms."
            ),
            (
                "server: {max_body: 16MB}",
                "1:20: server.max_body: \"16MB\" is not a size from 1KiB to 1GiB. Write it as 512KiB, 16MiB or 1GiB."
            ),
            (
                "budgets: {b: {cost: 1€}}",
                "1:21: budgets.b.cost: \"1€\" is not an amount. Dollars from 0 to 1000000 belong here. "
                    + "Write a number alone, such as 0.01."
            ),
            (
                "routes: {r: {experts: {a: 1}}}",
                "1:23: routes.r.experts: a list belongs here, not a group of settings. Write [first, second]."
            ),
            (
                "experts: {a: {kind: scripted, script: {knows: [a]}}}",
                "1:47: experts.a.script.knows: shares by name belong here, not a list. Write {mathematics: 0.9, "
                    + "\"*\": 0.3}."
            ),
            ("{[a]: 1}", "1:2: a name belongs here, not a group or a list."),
        ] { expectSentences(yaml, "config.yaml:\(sentence)") }
    }

    @Test func aNumberOutOfItsBoundsIsToldThem() {
        for (yaml, sentence) in [
            (
                "server: {port: 65536}",
                "1:16: server.port: \"65536\" does not fit. A whole number from 0 to 65535 belongs here."
            ),
            (
                "server: {port: 80.5}",
                "1:16: server.port: \"80.5\" does not fit. A whole number from 0 to 65535 belongs here."
            ),
            (
                "server: {port: 99999999999999999999}",
                "1:16: server.port: \"99999999999999999999\" does not fit. A whole number from 0 to 65535 belongs here."
            ),
            (
                "skills: {votes: 26}",
                "1:17: skills.votes: \"26\" does not fit. A whole number from 1 to 25 belongs here."
            ),
            (
                "skills: {temperature: nan}",
                "1:23: skills.temperature: \"nan\" does not fit. A number from 0 to 2 belongs here."
            ),
            (
                "routing: {r: {strategy: value, price_weight: 1.01}}",
                "1:46: routing.r.price_weight: \"1.01\" does not fit. A number from 0 to 1 belongs here."
            ),
            (
                "routing: {r: {seats: 0}}",
                "1:22: routing.r.seats: \"0\" does not fit. A whole number from 1 to 64 belongs here."
            ),
            (
                "budgets: {b: {cost: -1}}",
                "1:21: budgets.b.cost: \"-1\" is not an amount. Dollars from 0 to 1000000 belong here. "
                    + "Write a number alone, such as 0.01."
            ),
        ] {
            let sentences = Reading(yaml).sentences
            #expect(sentences.first == "config.yaml:\(sentence)")
        }
    }

    @Test func aNewerVersionIsRefused() {
        expectSentences(
            "version: 2\n",
            "config.yaml:1:10: version: this program reads version 1 of the settings. "
                + "Use a newer Muster, or write version: 1.")
        expectSentences(
            "version: 0\n", "config.yaml:1:10: version: \"0\" does not fit. A whole number from 1 to 1000 belongs here."
        )
    }

    @Test func problemsBeyondWhatAnybodyReadsAreCounted() {
        let yaml = "store: {" + (0..<500).map { "zzzz\($0): 1" }.joined(separator: ", ") + "}"
        let sentences = Reading(yaml).sentences
        #expect(sentences.count == 201)
        #expect(sentences.last == "config.yaml: there are more problems than 200. Mend these first.")
    }

    @Test func errorsBecomeOneFault() {
        let fault = Reading("server: {port: x, drain: y}").problems.fault(.invalidSettings)
        #expect(
            fault?.sentence.hasPrefix("config.yaml: there are 2 problems. muster check shows them all.\n  - ") == true)
        #expect(fault?.causes.count == 2)
    }
}
