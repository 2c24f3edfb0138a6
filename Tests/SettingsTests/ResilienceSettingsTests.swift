import Core
import Settings
import Testing

/// Limits, backends, retries and hedges.
struct ResilienceSettingsTests {
    @Test func readsWhatIsWritten() throws {
        let settings = Reading(
            """
            server: {limits: {in_flight: 7, queue: 0, queue_wait: 2s}}
            backends: {card: {holds: 2, max_wait: 9s, load_cost: 0s}}
            experts:
              a: {\(Reading.usable), backend: card, limits: {queue: 3, retries: 4}}
            routes:
              auto: {retries: 5, hedge: {after: p90, most: 2}}
              other: {hedge: {after: 1500ms}}
            """
        ).settings
        #expect(settings.server.admission.inFlight == 7 && settings.server.admission.queue == 0)
        #expect(settings.server.admission.queueWait == .seconds(2))
        let expert = try #require(settings.experts.first)
        #expect(expert.backend == BackendSpec(name: "card", holds: 2, maxWait: .seconds(9), loadCost: .zero))
        #expect(expert.card.queue == 3 && expert.card.retries == 4 && expert.retries == 4)
        #expect(settings.routes.map(\.retries) == [5, nil])
        #expect(settings.routes.map(\.hedge?.after) == [.quantile(0.9), .time(.milliseconds(1_500))])
        #expect(settings.routes.map(\.hedge?.most) == [2, 1])
    }

    @Test func anExpertMayHaveAHedgeOfItsOwn() {
        let experts = Reading(
            """
            experts:
              a: {\(Reading.usable), hedge: never}
              b: {\(Reading.usable), hedge: {after: p75}}
              c: {\(Reading.usable)}
            """
        ).settings.experts
        #expect(
            experts.map(\.card.hedge) == [.never, .policy(HedgePolicy(after: .quantile(0.75))), .asRoute])
    }

    @Test func anExpertMayTakeListsAsBatches() {
        let experts = Reading(
            """
            experts:
              a: {\(Reading.usable), batches: true}
              b: {\(Reading.usable), batches: {price: {input: 1, output: 2}, poll: 5s}}
              c: {\(Reading.usable)}
              d: {\(Reading.usable), batches: false}
            """
        ).settings.experts
        #expect(
            experts.map(\.batches) == [
                BatchTerms(), BatchTerms(price: Price(input: 1, output: 2), poll: .seconds(5)), nil, nil,
            ])
        expectSentences(
            "experts: {a: {kind: ollama, model: m, batches: true}}",
            "config.yaml:1:48: experts.a.batches: an expert of kind ollama has no batches. Only kind: openai takes lists "
                + "as batches: leave it out.")
    }

    @Test func saysWhatIsWrong() {
        expectSentences(
            "backends: {card: {}}\nexperts: {a: {\(Reading.usable), backend: crad}}",
            "config.yaml:2:\(26 + Reading.usable.count): experts.a.backend: there is no \"crad\" under backends:. "
                + "Did you mean card?")
        expectSentences(
            "experts: {a: {\(Reading.usable)}}\nroutes: {auto: {hedge: {after: p100}}}",
            "config.yaml:2:32: routes.auto.hedge.after: \"p100\" is no time to wait for a first text. Write a time such as "
                + "2s, or a share of its answers from p50 to p99, such as p95.")
        expectSentences(
            "experts: {a: {\(Reading.usable)}}\nroutes: {auto: {hedge: {most: 1}}}",
            "config.yaml:2:24: routes.auto.hedge: after is missing. Say when another expert is asked too: after: p95, or "
                + "after: 2s.")
    }
}
