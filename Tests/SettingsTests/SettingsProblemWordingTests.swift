import Core
import Settings
import Testing

/// Holds every sentence about `config.yaml`: place, path, what was found, what belongs there, the next step.
struct SettingsProblemWordingTests {
    private static let usable = "base_url: \"http://h/v1\", model: m"

    private func expect(_ yaml: String, _ sentences: String..., environment: [String: String] = [:],
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(Reading(yaml, environment: environment).sentences == sentences, sourceLocation: location)
    }

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
        expect(
            "experts:\n  math:\n    \(Self.usable.replacing(", ", with: "\n    "))\n    limits:\n      concurent: 8\n",
            "config.yaml:6:7: experts.math.limits.concurent: there is no such setting. Did you mean concurrent?")
        expect("expert: {}", "config.yaml:1:1: expert: there is no such setting. Did you mean experts?")
        expect(
            "store: {colour: red}",
            "config.yaml:1:9: store.colour: there is no such setting. There are path, keep_text, keep_traces.")
    }

    @Test func namesFromElsewhereAreTranslated() {
        expect(
            "experts:\n  a: {api_base: \"http://h/v1\", \(Self.usable)}",
            "config.yaml:2:7: experts.a.api_base: there is no such setting. api_base is called base_url here.")
        expect("model_list: []", "config.yaml:1:1: model_list: there is no such setting. model_list is called experts here.")
        expect(
            "experts:\n  a: {timeout: 3s, \(Self.usable)}",
            "config.yaml:2:7: experts.a.timeout: there is no such setting. timeout is limits.timeout or clocks.total here.")
    }

    @Test func whatIsDesignedButNotThereIsSaidSo() {
        expect("engine: {}", "config.yaml:1:1: engine: engine is not available in this version. Leave it out.")
        expect(
            "routing: {r: {strategy: cascade}}",
            "config.yaml:1:25: routing.r.strategy: the strategy cascade is not available in this version. "
                + "Choose skill, value, fixed or random.")
    }

    @Test func aVariableThatIsNotSetIsNamed() {
        expect(
            "server: {host: \"${env.HOST_NAME}\"}",
            "config.yaml:1:16: server.host: the environment variable HOST_NAME is not set. Set it (export HOST_NAME=…) "
                + "or write ${env.HOST_NAME:-otherwise}.")
        expect(
            "experts:\n  a: {api_key: \"${env.A_KEY}\", \(Self.usable)}",
            "config.yaml:2:16: experts.a.api_key: the environment variable A_KEY is not set. Set it: export A_KEY=…")
        expect("server: {host: \"${env.X\"}", "config.yaml:1:16: server.host: ${env. is not closed. Write ${env.NAME}.")
        expect(
            "server: {host: \"${env.a b}\"}",
            "config.yaml:1:16: server.host: ${env.…} does not name a variable. Write ${env.NAME} with letters, digits and _.")
    }

    @Test func aKeyInTheFileIsRefusedAndNeverRepeated() {
        let key = "sk-proj-abcdefghijklmnop"
        expect(
            "experts:\n  gpt-4:\n    api_key: \(key)\n    \(Self.usable.replacing(", ", with: "\n    "))\n",
            "config.yaml:3:14: experts.gpt-4.api_key: a key stands in the file. Keys are read from the environment, so that "
                + "they are never in a file. Set a variable and write \"${env.GPT_4_KEY}\"; leave it out if no key is needed.")
        expect(
            "server: {api_keys: [plain-and-secret]}",
            "config.yaml:1:21: server.api_keys[0]: a key stands in the file. Keys are read from the environment, so that "
                + "they are never in a file. Set a variable and write \"${env.MUSTER_API_KEY}\"; leave it out if no key "
                + "is needed.")
        for yaml in [
            "server: {port: \(key)}", "server: {show_trace: \(key)}", "server: {drain: \(key)}", "server: {max_body: \(key)}",
            "store: {keep_text: \(key)}", "\(key): 1", "experts: {A\(key): {}}", "experts: {a: {kind: \(key)}}",
            "experts: {a: {base_url: \"http://h:x/\(key)\", model: m}}", "experts: {a: {base_url: \"http://\(key)@h\", model: m}}",
            "experts: {a: {base_url: \"http://h/v1?key=\(key)\", model: m}}", "experts: {a: {api_key: [\(key)]}}",
            "routes: {r: {routing: \(key), fallback: \(key)}}", "experts: {a: {kind: scripted, script: {knows: {\(key): 2}}}}",
            "server: {host: \"${env.\(key)}\"}", "experts: {a: {\(key): 1, \(key): 2}}", "experts: {a: {price: {input: \(key)}}}",
        ] {
            let sentences = Reading(yaml).sentences
            #expect(!sentences.isEmpty, "\(yaml)")
            #expect(!sentences.joined().contains("proj-abc"), "\(sentences)")
        }
    }

    @Test func whatAVariableHoldsIsNeverShown() {
        let environment = ["SECRET": "hunter2 hunter2"]
        for yaml in [
            "server: {port: \"${env.SECRET}\"}", "server: {show_trace: \"${env.SECRET}\"}",
            "experts: {a: {api_key: \"${env.SECRET}\", \(Self.usable)}}", "routes: {r: {fallback: \"${env.SECRET}\"}}",
            "experts: {a: {base_url: \"http://${env.SECRET}\", model: m}}", "skills: {votes: \"${env.SECRET}\"}",
        ] {
            let sentences = Reading(yaml, environment: environment).sentences
            #expect(!sentences.isEmpty, "\(yaml)")
            #expect(!sentences.joined().contains("hunter2"), "\(sentences)")
        }
        expect(
            "experts: {a: {api_key: \"${env.SECRET}\", \(Self.usable)}}",
            "config.yaml:1:24: experts.a.api_key: the environment variable SECRET holds spaces, line ends or signs that no "
                + "key has. Set it anew, without what came along when copying.", environment: environment)
    }

    @Test func anExpertWithoutAddressOrModelIsToldWhatIsMissing() {
        expect(
            "experts:\n  a: {kind: openai}\n",
            "config.yaml:2:6: experts.a: base_url is missing. Say where its API begins: base_url: http://127.0.0.1:9001/v1.",
            "config.yaml:2:6: experts.a: model is missing. Say what its server calls it: model: …")
        expect(
            "experts:\n  a: {kind: local}\n",
            "config.yaml:2:6: experts.a: model is missing. Name a GGUF file: model: models/….gguf.")
        expect(
            "experts:\n  a:\n", "config.yaml:2:5: experts.a: the expert is not described. Write {base_url: …, model: …}.")
        expect(
            "experts: {A B: {}}",
            "config.yaml:1:11: experts.…: \"A B\" is not a name. Use up to 64 lower-case letters, digits, - _ and .")
        expect(
            "experts: [a]",
            "config.yaml:1:10: experts: a group of named entries belongs here, not a list. Write name: {…}, not - name: …")
    }

    @Test func anExpertHasOnlyWhatItsKindKnows() {
        expect(
            "experts: {a: {kind: scripted, base_url: \"http://h/v1\"}}",
            "config.yaml:1:41: experts.a.base_url: an expert of kind scripted has no base_url. "
                + "Nothing is connected to: leave it out.")
        expect(
            "experts: {a: {script: {}, \(Self.usable)}}",
            "config.yaml:1:23: experts.a.script: an expert of kind openai has no script. "
                + "Write kind: scripted, or leave it out.")
        expect(
            "experts: {a: {context: 100, max_output: 100, \(Self.usable)}}",
            "config.yaml:1:41: experts.a.max_output: 100 tokens leave no room for a question in a context of 100. "
                + "Write less than the context.")
        expect(
            "experts: {a: {limits: {timeout: 1s}, clocks: {total: 2s}, \(Self.usable)}}",
            "config.yaml:1:33: experts.a.limits.timeout: timeout and clocks.total are the same clock. Keep clocks.total.")
    }

    @Test func anAddressThatIsNoneIsRefused() {
        for (address, found) in [
            ("h/v1", "the address does not begin with http:// or https://. Write it as http://127.0.0.1:9001/v1."),
            ("http://u:p@h/v1",
                "the address holds a user or a password. Take them out; keys go to api_key: \"${env.NAME}\"."),
            ("http://h/v1?a=1",
                "the address holds more than a path. Take out what follows ? or #; keys go to api_key: \"${env.NAME}\"."),
            ("http://h h/v1",
                "the address holds spaces or other signs that no address has. Write it as http://127.0.0.1:9001/v1."),
            ("http://:1/v1",
                "\"http://:1/v1\" has no host, or no port from 1 to 65535 after the colon. "
                    + "Write it as http://127.0.0.1:9001/v1."),
        ] {
            expect(
                "experts: {a: {model: m, base_url: \"\(address)\"}}", "config.yaml:1:35: experts.a.base_url: \(found)")
        }
    }

    @Test func aRouteThatNamesNobodyComesWithTheNearestName() {
        let experts = "experts: {general: {\(Self.usable)}, math: {\(Self.usable)}}\n"
        expect(
            experts + "routing: {by-skill: {}}\nroutes:\n  r: {routing: by-skil}\n",
            "config.yaml:4:16: routes.r.routing: there is no \"by-skil\" under routing:. Did you mean by-skill?")
        expect(
            experts + "routes:\n  r: {aggregation: essay}\n",
            "config.yaml:3:20: routes.r.aggregation: there is no \"essay\" under aggregation:. There are synthesis, vote.")
        expect(
            experts + "routes:\n  r: {budget: small}\n",
            "config.yaml:3:15: routes.r.budget: there is no \"small\" under budgets:. Add it there.")
        expect(
            experts + "routes:\n  r: {fallback: genral, experts: [math, mth]}\n",
            "config.yaml:3:17: routes.r.fallback: there is no expert \"genral\". Did you mean general?",
            "config.yaml:3:41: routes.r.experts[1]: there is no expert \"mth\". Did you mean math?")
        expect(
            experts + "routing: {r: {strategy: fixed, members: [zoe]}}\n",
            "config.yaml:2:42: routing.r.members[0]: there is no expert \"zoe\". There are general, math.")
        expect(
            experts + "skills: {annotator: lexcal}\n",
            "config.yaml:2:21: skills.annotator: there is no expert \"lexcal\". Did you mean lexical?")
        expect("routes: {r: {fallback: a}}", "config.yaml:1:24: routes.r.fallback: there is no expert \"a\". Add it under experts:.")
    }

    @Test func clientsCanTellRoutesFromExperts() {
        expect(
            "experts: {r: {\(Self.usable)}}\nroutes: {r: {}}\n",
            "config.yaml:2:13: routes.r: an expert is called r too. Clients could not tell them apart: rename one.")
        expect(
            "experts: {auto: {\(Self.usable)}}\n",
            "config.yaml:1:10: experts: an expert is called auto, as the route that always exists. "
                + "Clients could not tell them apart: rename the expert.")
        expect(
            "experts: {a: {\(Self.usable)}, b: {\(Self.usable)}}\nrouting: {f: {strategy: fixed, members: [a]}}\n"
                + "routes: {r: {routing: f, experts: [b]}}\n",
            "config.yaml:3:13: routes.r: its routing seats a, its experts leave a out. "
                + "Add a to experts, or choose another routing.")
    }

    @Test func aValueOfTheWrongTypeIsToldWhatBelongsThere() {
        for (yaml, sentence) in [
            ("server: 8080",
                "1:9: server: a group of settings belongs here, not a single value. "
                    + "There are host, port, api_keys, show_trace, max_body, drain."),
            ("server: {port: [1]}", "1:16: server.port: a single value belongs here, not a list."),
            ("server: {host: {a: b}}", "1:16: server.host: a single value belongs here, not a group of settings."),
            ("server: {host: \" \"}", "1:16: server.host: \" \" is empty, too long or not on one line."),
            ("store: {keep_text: yes}", "1:20: store.keep_text: \"yes\" is neither true nor false."),
            ("server: {show_trace: footer}",
                "1:22: server.show_trace: there is no place for traces \"footer\". Choose header, body or never."),
            ("server: {show_trace: heder}",
                "1:22: server.show_trace: there is no place for traces \"heder\". Choose header, body or never. "
                    + "Did you mean header?"),
            ("server: {drain: 30}",
                "1:17: server.drain: \"30\" is not a span of time. Write it with its unit: 250ms, 30s, 5m, 2h or 30d."),
            ("store: {keep_traces: 0}", "1:22: store.keep_traces: a span of nothing makes no sense here. Write at least 1ms."),
            ("server: {max_body: 16MB}",
                "1:20: server.max_body: \"16MB\" is not a size from 1KiB to 1GiB. Write it as 512KiB, 16MiB or 1GiB."),
            ("budgets: {b: {cost: 1€}}",
                "1:21: budgets.b.cost: \"1€\" is not an amount. Dollars from 0 to 1000000 belong here. "
                    + "Write a number alone, such as 0.01."),
            ("routes: {r: {experts: {a: 1}}}",
                "1:23: routes.r.experts: a list belongs here, not a group of settings. Write [first, second]."),
            ("experts: {a: {kind: scripted, script: {knows: [a]}}}",
                "1:47: experts.a.script.knows: shares by name belong here, not a list. Write {mathematics: 0.9, \"*\": 0.3}."),
            ("{[a]: 1}", "1:2: a name belongs here, not a group or a list."),
        ] { expect(yaml, "config.yaml:\(sentence)") }
    }

    @Test func aNumberOutOfItsBoundsIsToldThem() {
        for (yaml, sentence) in [
            ("server: {port: 65536}", "1:16: server.port: \"65536\" does not fit. A whole number from 0 to 65535 belongs here."),
            ("server: {port: 80.5}", "1:16: server.port: \"80.5\" does not fit. A whole number from 0 to 65535 belongs here."),
            ("server: {port: 99999999999999999999}",
                "1:16: server.port: \"99999999999999999999\" does not fit. A whole number from 0 to 65535 belongs here."),
            ("skills: {votes: 26}", "1:17: skills.votes: \"26\" does not fit. A whole number from 1 to 25 belongs here."),
            ("skills: {temperature: nan}",
                "1:23: skills.temperature: \"nan\" does not fit. A number from 0 to 2 belongs here."),
            ("routing: {r: {strategy: value, price_weight: 1.01}}",
                "1:46: routing.r.price_weight: \"1.01\" does not fit. A number from 0 to 1 belongs here."),
            ("routing: {r: {seats: 0}}", "1:22: routing.r.seats: \"0\" does not fit. A whole number from 1 to 64 belongs here."),
            ("budgets: {b: {cost: -1}}",
                "1:21: budgets.b.cost: \"-1\" is not an amount. Dollars from 0 to 1000000 belong here. "
                    + "Write a number alone, such as 0.01."),
        ] {
            let sentences = Reading(yaml).sentences
            #expect(sentences.first == "config.yaml:\(sentence)")
        }
    }

    @Test func aNewerVersionIsRefused() {
        expect(
            "version: 2\n",
            "config.yaml:1:10: version: this program reads version 1 of the settings. "
                + "Use a newer Muster, or write version: 1.")
        expect("version: 0\n", "config.yaml:1:10: version: \"0\" does not fit. A whole number from 1 to 1000 belongs here.")
    }

    @Test func whatMakesNoSenseTogetherIsWarnedOf() {
        for (yaml, sentence) in [
            ("routing: {r: {members: [a]}}\nexperts: {a: {\(Self.usable)}}",
                "1:24: routing.r.members: strategy skill does not look at members. "
                    + "Leave it out, or choose strategy fixed."),
            ("aggregation: {v: {by: a}}\nexperts: {a: {\(Self.usable)}}",
                "1:23: aggregation.v.by: nobody writes in a vote. Write method: synthesis, or leave it out."),
            ("server: {host: 0.0.0.0}",
                "1:16: server.host: anybody who can connect from outside may ask, at your expense. "
                    + "Set api_keys: [\"${env.MUSTER_API_KEY}\"], or write host: 127.0.0.1."),
            ("experts: {a: {clocks: {idle: 10m, total: 1m}, \(Self.usable)}}",
                "1:30: experts.a.clocks.idle: this is longer than the total clock, so it never fires. "
                    + "Raise total, or lower it."),
            ("skills: {votes: 3}",
                "1:17: skills.votes: this has no effect on the lexical annotator. "
                    + "Name an expert as annotator, or leave it out."),
            ("experts: {a: {\(Self.usable)}}\nbudgets: {b: {calls: 2}}\nroutes: {r: {budget: b}}",
                "3:13: routes.r: the route makes 3 calls (3 for seats), its budget allows 2. "
                    + "Raise calls in its budget, or lower its seats."),
        ] {
            let problems = Reading(yaml).problems
            #expect(problems.map(\.sentence) == ["config.yaml:\(sentence)"])
            #expect(problems.areOnlyWarnings)
            #expect(problems.fault(.invalidSettings) == nil)
        }
    }

    @Test func theBuiltInEmbedderTakesNothing() {
        for kind in ["", "kind: hashed, "] {
            expect(
                "embedder: {\(kind)model: m}",
                "config.yaml:1:\(19 + kind.count): embedder.model: the built-in embedder needs no model. "
                    + "Write kind: openai, or leave it out.")
        }
        expect(
            "embedder: {kind: openai, api_key: abc}",
            "config.yaml:1:11: embedder: base_url is missing. Say where its API begins: base_url: http://127.0.0.1:9001/v1.",
            "config.yaml:1:11: embedder: model is missing. Say what its server calls it: model: …",
            "config.yaml:1:35: embedder.api_key: a key stands in the file. Keys are read from the environment, so that "
                + "they are never in a file. Set a variable and write \"${env.EMBEDDER_KEY}\"; leave it out if no key is needed.")
    }

    @Test func aMishapIsExactlyOneThing() {
        for (mishap, found) in [
            ("{when: a}", "mishaps[0]: nothing goes wrong here. Choose status, refuse, hang or cut_after."),
            ("{hang: true, refuse: true}",
                "mishaps[0]: refuse and hang cannot both happen. Choose status, refuse, hang or cut_after."),
        ] {
            expect(
                "experts: {a: {kind: scripted, script: {mishaps: [\(mishap)]}}}", "config.yaml:1:50: experts.a.script.\(found)")
        }
    }

    @Test func problemsBeyondWhatAnybodyReadsAreCounted() {
        let yaml = "store: {" + (0..<500).map { "zzzz\($0): 1" }.joined(separator: ", ") + "}"
        let sentences = Reading(yaml).sentences
        #expect(sentences.count == 201)
        #expect(sentences.last == "config.yaml: there are more problems than 200. Mend these first.")
    }

    @Test func errorsBecomeOneFault() {
        let fault = Reading("server: {port: x, drain: y}").problems.fault(.invalidSettings)
        #expect(fault?.sentence.hasPrefix("config.yaml: there are 2 problems. muster check shows them all.\n  - ") == true)
        #expect(fault?.causes.count == 2)
    }
}
