import Core
import Settings
import Testing

/// What becomes of a file in which nothing is wrong.
struct SettingsFileTests {
    @Test func theSmallestFileGetsEveryDefault() {
        let reading = Reading("experts:\n  a: {base_url: \"http://example.org/v1\", model: m}\n")
        #expect(reading.sentences.isEmpty)
        let settings = reading.settings
        let server = settings.server
        #expect(server.host == "127.0.0.1" && server.port == 8_080 && server.keys.isEmpty)
        #expect(server.showTrace == .header && server.maxBody == 16 << 20 && server.drain == .seconds(30))
        let store = settings.store
        #expect(store.path == "data/muster.sqlite" && !store.keepText && store.keepTraces == .seconds(30 * 86_400))
        let skills = settings.skills
        #expect(skills.folder == "Skills" && skills.annotator == nil && skills.votes == 5 && skills.instructions)
        #expect(skills.filter == .perQuestion && skills.unknown == .nearest && skills.temperature == 0.7)
        #expect(settings.embedder == .hashed)
        #expect(settings.engine == LocalEngineSettings(threads: nil, memory: nil, answers: 4, context: 8_192))
        #expect(settings.routes == [Route(name: "auto", fallback: "a")])
        let card = ExpertCard(id: "a", kind: .openai, model: "m")
        #expect(settings.experts == [ExpertSpec(card: card, baseURL: "http://example.org/v1")])
    }

    @Test func aServerOnThisMachineGetsTimeToLoadItsModel() throws {
        for place in ["base_url: \"http://127.0.0.1:9001/v1\"", "unix_socket: /run/chat.sock"] {
            let reading = Reading("experts: {a: {\(place), model: m}}")
            #expect(reading.sentences.isEmpty)
            let clocks = try #require(reading.settings.experts.first).clocks
            #expect(clocks.firstToken == .seconds(600))
            #expect(clocks.total == .seconds(1_800))
        }
    }

    @Test func everySettingOfAnExpertArrives() throws {
        let yaml = """
            experts:
              a:
                base_url: https://${env.HOST}/v1
                unix_socket: /run/chat.sock
                ca_file: house.pem
                api_key: "${env.A_KEY}"
                model: m
                context: 4096
                max_output: 512
                price: {input: 0.5, output: 1.5}
                active_parameters: 7.6
                sees_images: true
                limits: {concurrent: 3, retries: 0}
                clocks: {connect: 1s, first_token: 2s, idle: 3s, total: 4s}
            """
        let reading = Reading(yaml, environment: ["HOST": "example.org", "A_KEY": "key"])
        #expect(reading.sentences.isEmpty)
        var card = ExpertCard(id: "a", kind: .openai, model: "m")
        card.context = 4_096
        card.price = Price(input: 0.5, output: 1.5)
        card.activeParameters = 7.6
        card.abilities.insert(.images)
        card.concurrent = 3
        let clocks = ExpertClocks(
            connect: .seconds(1), firstToken: .seconds(2), idle: .seconds(3), total: .seconds(4))
        let expected = ExpertSpec(
            card: card, baseURL: "https://example.org/v1", unixSocket: "/run/chat.sock", caFile: "house.pem",
            key: Secret(variable: "A_KEY", value: "key"), maximumOutput: 512, clocks: clocks, retries: 0)
        #expect(reading.settings.experts == [expected])
    }

    @Test func everySettingOfAScriptArrives() throws {
        let yaml = """
            experts:
              a:
                kind: scripted
                script:
                  lines: [{when: hello, say: Good day}, {say: "{question}"}]
                  knows: {mathematics: 0.9, "*": 0}
                  otherwise: No idea
                  delay: 50ms
                  pace: 0
                  mishaps:
                    - {when: busy, times: 2, status: 429, retry_after: 1s}
                    - {refuse: true}
                    - {hang: true}
                    - {cut_after: 0}
            """
        let reading = Reading(yaml)
        #expect(reading.sentences.isEmpty)
        let script = try #require(reading.settings.experts.first?.script)
        #expect(
            script
                == Script(
                    lines: [.init(when: "hello", say: "Good day"), .init(when: "", say: "{question}")],
                    knows: ["mathematics": 0.9, "*": 0], otherwise: "No idea", delay: .milliseconds(50), pace: .zero,
                    mishaps: [
                        .init(when: "busy", times: 2, failure: .status(429, retryAfter: .seconds(1))),
                        .init(failure: .refuse), .init(failure: .hang), .init(failure: .cut(afterPieces: 0)),
                    ]))
    }

    @Test func everySettingOfServerStoreAndSkillsArrives() {
        let yaml = """
            server: {host: "::1", port: 0, api_keys: ["${env.K}"], show_trace: body, max_body: 1MiB, drain: 0}
            store: {path: ":memory:", keep_text: true, keep_traces: 2h}
            skills: {folder: Other, annotator: lexical, filter: per_set, unknown: ignore, instructions: false}
            embedder: {kind: openai, base_url: "http://example.org/v1", model: e, clocks: {idle: 5s}}
            """
        let reading = Reading(yaml, environment: ["K": "v"])
        #expect(reading.sentences.isEmpty)
        let settings = reading.settings
        let key = Secret(variable: "K", value: "v")
        #expect(settings.server.host == "::1" && settings.server.port == 0 && settings.server.keys == [key])
        #expect(settings.server.showTrace == .body && settings.server.maxBody == 1 << 20)
        #expect(settings.server.drain == .zero)
        #expect(settings.store.path == ":memory:" && settings.store.keepText)
        #expect(settings.store.keepTraces == .seconds(7_200))
        #expect(settings.skills.folder == "Other" && settings.skills.annotator == nil)
        #expect(settings.skills.filter == .perSet && settings.skills.unknown == .ignore)
        #expect(!settings.skills.instructions)
        let card = ExpertCard(id: "embedder", kind: .openai, model: "e")
        let clocks = ExpertClocks(idle: .seconds(5))
        #expect(
            settings.embedder == .openai(ExpertSpec(card: card, baseURL: "http://example.org/v1", clocks: clocks)))
    }

    @Test func anEmbedderMayBeAModelInThisProcess() {
        let reading = Reading("embedder: {kind: local, model: all-minilm-l6-v2}")
        #expect(reading.sentences.isEmpty)
        #expect(reading.settings.embedder == .local(model: "all-minilm-l6-v2"))
    }

    @Test func routesJoinWhatTheyName() {
        let yaml = """
            experts: {a: {base_url: "http://h/v1", model: m}, b: {base_url: "http://h/v1", model: m}}
            routing:
              r: {strategy: skill, seats: 5, draw: top, repeats: false, normaliser: softmax, seed: 7, trim: 0.05}
              pair: {strategy: fixed, members: [b, a]}
              thrifty: {strategy: value, price_weight: 0.4}
            aggregation: {essay: {method: synthesis, by: b}, weighed: {weights: suitability}}
            budgets: {small: {cost: 0.01, time: 60s, calls: 12}}
            routes:
              one: {routing: r, aggregation: weighed, budget: small, fallback: b, experts: [a, b]}
              two: {routing: pair, aggregation: essay}
              three: {routing: thrifty, aggregation: vote}
              four: {routing: random, aggregation: synthesis}
            """
        let reading = Reading(yaml)
        #expect(reading.sentences.isEmpty)
        let budget = Budget(cost: 0.01, time: .seconds(60), calls: 12)
        let skill = RoutingPlan(seats: 5, draw: .top, repeats: false, normaliser: .softmax, seed: 7, trim: 0.05)
        #expect(
            reading.settings.routes == [
                Route(name: "auto", fallback: "a"),
                Route(
                    name: "one", routing: skill, aggregation: AggregationPlan(weights: .suitability), budget: budget,
                    fallback: "b", experts: ["a", "b"]),
                Route(
                    name: "two", routing: RoutingPlan(strategy: .fixed, members: ["b", "a"]),
                    aggregation: AggregationPlan(method: .synthesis, writer: "b")),
                Route(name: "three", routing: RoutingPlan(strategy: .value, seats: 1, priceWeight: 0.4)),
                Route(
                    name: "four", routing: RoutingPlan(strategy: .random),
                    aggregation: AggregationPlan(method: .synthesis)),
            ])
    }

    @Test func anthropicAndOllamaHaveTheirUsualPlaces() {
        let reading = Reading("experts: {a: {kind: anthropic, model: m}, o: {kind: ollama, model: m, keep_alive: -1}}")
        #expect(reading.sentences.isEmpty)
        #expect(
            reading.settings.experts.map(\.baseURL) == ["https://api.anthropic.com/v1", "http://127.0.0.1:11434"])
        #expect(reading.settings.experts.map(\.keepAlive) == [nil, "-1"])
    }

    @Test func timeoutIsShortForTheTotalClock() {
        let reading = Reading("experts: {a: {base_url: \"http://h/v1\", model: m, limits: {timeout: 7s}}}")
        #expect(reading.sentences.isEmpty)
        #expect(reading.settings.experts.map(\.clocks.total) == [.seconds(7)])
    }

    @Test func emptySectionsCountAsLeftOut() {
        let sections = [
            "server", "store", "skills", "embedder", "engine", "experts", "routing", "aggregation", "budgets", "routes",
        ]
        let reading = Reading(sections.map { "\($0):\n" }.joined())
        #expect(reading.sentences.isEmpty)
        #expect(reading.settings.routes == [Route(name: "auto")])
    }

    @Test func theSameFileIsReadTheSameTwice() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let yaml = "experts: {a: {base_url: \"http://h/v1\", model: m}}\nserver: {prt: 1}\n"
        let path = try folder.write(yaml, to: "config.yaml")
        let file = SettingsFile(path: path, environment: [:])
        let text = SettingsFile(text: yaml, name: path, environment: [:])
        #expect(file.settings == text.settings)
        #expect(file.problems == text.problems)
        #expect(
            file.problems.map(\.sentence) == [
                "\(path):2:10: server.prt: there is no such setting. Did you mean port?"
            ])
    }
}
