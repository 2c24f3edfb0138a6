import Core
import Foundation
import Server
import Support
import Testing

struct TraceHeadersTests {
    private static let explained = Samples.chat(#""muster": {"explain": true}"#)

    private func door(_ show: ServiceOptions.TraceDisplay, _ trace: Trace = Samples.trace) -> FrontDoor {
        FrontDoor(ScriptedService(trace: trace), options: ServiceOptions(showTrace: show))
    }

    private func digest(_ reply: Reply) throws -> JSONValue? {
        try reply.header("x-muster-trace").map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
    }

    @Test func everyAnswerSaysWhoWasAskedAndHowToRepeatIt() async throws {
        for show in ServiceOptions.TraceDisplay.allCases {
            for body in [Samples.chat(), Samples.chat(#""stream": true"#)] {
                let reply = try await door(show).chat(body)
                #expect(reply.header("x-muster-route") == "auto" && reply.header("x-muster-experts") == "general")
                #expect(reply.header("x-muster-skills") == "algebra" && reply.header("x-muster-seed") == "77")
            }
        }
    }

    @Test func theShortTraceStandsInTheHeader() async throws {
        let reply = try await door(.header).chat()
        #expect(
            reply.header("x-muster-trace") == #"{"id":"0123456789abcdef0123456789abcdef","route":"auto","#
                + #""strategy":"skill","seed":77,"annotator":"lexical","skills":["algebra"],"seats":["general"],"#
                + #""candidates":[{"expert":"general","local":1.25,"strength":0.5,"probability":0.75}],"#
                + #""excluded":[{"expert":"vendor/maths","because":"it is resting"}],"reason":"it suits best"}"#)
        #expect(try reply.json["muster"] == nil)
    }

    @Test func theWholeTraceStandsInTheBodyIfItIsShownOrAskedFor() async throws {
        let ways: [(ServiceOptions.TraceDisplay, String)] = [
            (.body, Samples.chat()), (.body, Self.explained), (.header, Self.explained),
        ]
        for (show, body) in ways {
            let trace = try await door(show).chat(body).json["muster"]?["trace"]
            #expect(trace?["id"] == .string(Samples.trace.id) && trace?["outcome"] == .string("complete"))
            #expect(trace?["need"]?["mentions"]?.elements?.first?["keyword"] == .string("sums"))
        }
        #expect(try await door(.body).chat().header("x-muster-trace") == nil)
    }

    @Test func aStreamTellsTheWholeTraceInItsLastChunkWithChoices() async throws {
        let body = try await door(.body).chat(Samples.chat(#""stream": true"#)).body
        let events = body.split(separator: "\n\n")
        #expect(events.count == 3 && events[2] == "data: [DONE]")
        let last = try JSONDecoder().decode(JSONValue.self, from: Data(events[1].dropFirst(6).utf8))
        #expect(last["choices"]?.elements?.first?["finish_reason"] == .string("stop"))
        #expect(last["muster"]?["trace"]?["outcome"] == .string("complete"))
        #expect(!events[0].contains("muster"))
    }

    @Test func neverMeansNeitherAndAskingIsRefused() async throws {
        let reply = try await door(.never).chat()
        #expect(try reply.header("x-muster-trace") == nil && reply.json["muster"] == nil)
        for body in [Self.explained, Samples.chat(#""stream": true, "muster": {"explain": true}"#)] {
            let door = door(.never)
            let refused = try await door.chat(body)
            #expect(refused.status == 400 && refused.refusal?.code == "unsupported")
            #expect(refused.refusal?.param == "muster.explain" && door.service.asked.isEmpty)
        }
    }

    /// Law: the short trace is ASCII JSON of at most 4 KiB, the lists at most 1 KiB, whatever the trace holds.
    @Test func headersAreBoundedWhateverTheTraceHolds() async throws {
        var random = SeededRandom(seed: 9)
        let letters = Array("abcé日🧮\"\\\n ")
        func word(_ most: Int) -> String {
            let count = Int.random(in: 0...most, using: &random)
            return String((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<60 {
            let count = Int.random(in: 0...200, using: &random)
            let experts = (0..<count).map { _ in ExpertID(word(200)) }
            let recruitment = Recruitment(
                strategy: "skill", seats: experts.map { .init(expert: $0, probability: 0.1) },
                suitabilities: experts.map {
                    .init(expert: $0, local: 1.0 / 3, strength: 2.0 / 3, weight: 1, probability: 0.1)
                }, excluded: experts.map { .init(expert: $0, because: word(400)) }, seed: 1, reason: word(9000))
            let mentions = experts.map {
                Need.Mention(keyword: "k", score: 1, skill: SkillName($0.rawValue), similarity: 1)
            }
            let reply = try await door(.header, Samples.trace(recruitment: recruitment, mentions: mentions)).chat()
            #expect(reply.status == 200)
            let text = try #require(reply.header("x-muster-trace"))
            #expect(text.utf8.count <= 4096 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            #expect(try digest(reply)?["id"] == .string(Samples.trace.id))
            for name in ["x-muster-experts", "x-muster-skills"] {
                let list = try #require(reply.header(name))
                #expect(list.utf8.count <= 1024, "\(name)")
                #expect(list.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            }
        }
    }

    @Test func aShortenedTraceSaysSo() async throws {
        var recruitment = Samples.recruitment
        recruitment.excluded = (0..<100).map { .init(expert: ExpertID("expert-\($0)"), because: "it is resting") }
        let digest = try digest(try await door(.header, Samples.trace(recruitment: recruitment)).chat())
        #expect(digest?["shortened"] == .bool(true))
        #expect(digest?["seats"] == .array([.string("general")]))
    }
}
