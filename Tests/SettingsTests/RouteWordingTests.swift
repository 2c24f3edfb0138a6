import Core
import Settings
import Testing

/// Holds what is said about routes, and about settings that make no sense together.
struct RouteWordingTests {
    @Test func aRouteThatNamesNobodyComesWithTheNearestName() {
        let experts = "experts: {general: {\(Reading.usable)}, math: {\(Reading.usable)}}\n"
        expectSentences(
            experts + "routing: {by-skill: {}}\nroutes:\n  r: {routing: by-skil}\n",
            "config.yaml:4:16: routes.r.routing: there is no \"by-skil\" under routing:. Did you mean by-skill?")
        expectSentences(
            experts + "routes:\n  r: {aggregation: essay}\n",
            "config.yaml:3:20: routes.r.aggregation: there is no \"essay\" under aggregation:. There are "
                + "synthesis, vote."
        )
        expectSentences(
            experts + "routes:\n  r: {budget: small}\n",
            "config.yaml:3:15: routes.r.budget: there is no \"small\" under budgets:. Add it there.")
        expectSentences(
            experts + "routes:\n  r: {fallback: genral, experts: [math, mth]}\n",
            "config.yaml:3:17: routes.r.fallback: there is no expert \"genral\". Did you mean general?",
            "config.yaml:3:41: routes.r.experts[1]: there is no expert \"mth\". Did you mean math?")
        expectSentences(
            experts + "routing: {r: {strategy: fixed, members: [zoe]}}\n",
            "config.yaml:2:42: routing.r.members[0]: there is no expert \"zoe\". There are general, math.")
        expectSentences(
            experts + "skills: {annotator: lexcal}\n",
            "config.yaml:2:21: skills.annotator: there is no expert \"lexcal\". Did you mean lexical?")
        expectSentences(
            "routes: {r: {fallback: a}}",
            "config.yaml:1:24: routes.r.fallback: there is no expert \"a\". Add it under experts:.")
    }

    @Test func clientsCanTellRoutesFromExperts() {
        expectSentences(
            "experts: {r: {\(Reading.usable)}}\nroutes: {r: {}}\n",
            "config.yaml:2:13: routes.r: an expert is called r too. Clients could not tell them apart: rename one.")
        expectSentences(
            "experts: {auto: {\(Reading.usable)}}\n",
            "config.yaml:1:10: experts: an expert is called auto, as the route that always exists. "
                + "Clients could not tell them apart: rename the expert.")
        expectSentences(
            "experts: {a: {\(Reading.usable)}, b: {\(Reading.usable)}}\nrouting: {f: {strategy: fixed, members: [a]}}\n"
                + "routes: {r: {routing: f, experts: [b]}}\n",
            "config.yaml:3:13: routes.r: its routing seats a, its experts leave a out. "
                + "Add a to experts, or choose another routing.")
    }

    @Test func whatMakesNoSenseTogetherIsWarnedOf() {
        for (yaml, sentence) in [
            (
                "routing: {r: {members: [a]}}\nexperts: {a: {\(Reading.usable)}}",
                "1:24: routing.r.members: strategy skill does not look at members. "
                    + "Leave it out, or choose strategy fixed."
            ),
            (
                "aggregation: {v: {by: a}}\nexperts: {a: {\(Reading.usable)}}",
                "1:23: aggregation.v.by: nobody writes in a vote. Write method: synthesis, or leave it out."
            ),
            (
                "server: {host: 0.0.0.0}",
                "1:16: server.host: anybody who can connect from outside may ask, at your expense. "
                    + "Set api_keys: [\"${env.MUSTER_API_KEY}\"], make keys with muster key create, or write host: 127.0.0.1."
            ),
            (
                "experts: {a: {clocks: {idle: 10m, total: 1m}, \(Reading.usable)}}",
                "1:30: experts.a.clocks.idle: this is longer than the total clock, so it never fires. "
                    + "Raise total, or lower it."
            ),
            (
                "skills: {votes: 3}",
                "1:17: skills.votes: this has no effect on the lexical annotator. "
                    + "Name an expert as annotator, or leave it out."
            ),
            (
                "experts: {a: {\(Reading.usable)}}\nbudgets: {b: {calls: 2}}\nroutes: {r: {budget: b}}",
                "3:13: routes.r: the route makes 3 calls (3 for seats), its budget allows 2. "
                    + "Raise calls in its budget, or lower its seats."
            ),
        ] {
            let problems = Reading(yaml).problems
            #expect(problems.map(\.sentence) == ["config.yaml:\(sentence)"])
            #expect(problems.areOnlyWarnings)
            #expect(problems.fault(.invalidSettings) == nil)
        }
    }
}
