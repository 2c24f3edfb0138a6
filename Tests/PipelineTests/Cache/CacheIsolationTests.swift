import Core
import Pipeline
import Support
import Testing

/// Whose answer a kept one may be, and what of the first caller stays with it.
struct CacheIsolationTests {
    private let expert = FakeExpert("a", abilities: Set(Ability.allCases)) { _, call in .says("answer \(call)") }
    private let shop: Workshop
    private let cached: CachedAnswers

    init() {
        shop = Workshop([expert], routes: [Workshop.everybody(["a"])])
        cached = Self.cached(shop)
    }

    private static func cached(_ shop: Workshop, capacity: Int = 1 << 20) -> CachedAnswers {
        let traces = shop.traces
        return CachedAnswers(
            shop.pipeline, life: .seconds(60), capacity: capacity, time: shop.time.source, newTraceID: { "fresh" },
            keep: { traces.keep($0) })
    }

    private func ask(_ question: Question, of cached: CachedAnswers? = nil) async throws -> (text: String, trace: Trace)
    {
        let (answer, trace) = try await (cached ?? self.cached).answer(question, model: "auto")
        return (answer.text, trace)
    }

    @Test func twoSpellingsOfALetterAreTwoQuestions() async throws {
        let spellings = ["caf\u{E9}", "cafe\u{301}"]
        #expect(spellings[0] == spellings[1])
        for (number, spelling) in spellings.enumerated() {
            #expect(try await ask(Question(spelling)).text == "answer \(number)")
        }
        for (number, spelling) in spellings.enumerated() {
            #expect(try await ask(Question(spelling)).text == "answer \(number)")
            var question = Question("?")
            question.output.tools = [Tool(name: "t", parameters: .object([spelling: .array([.string(spelling)])]))]
            #expect(try await ask(question).text == "answer \(number + 2)")
        }
        #expect(expert.questions.count == 4)
    }

    @Test func keysOfTheConfigurationShareNothing() async throws {
        let owners = try [1, 2].map { ShelfOwner(try #require(KeyDigest(repeatElement(UInt8($0), count: 32)))) }
        for _ in 0..<2 {
            for (number, owner) in owners.enumerated() {
                let text = try await ShelfOwner.$current.withValue(owner) { try await ask(Question("?")).text }
                #expect(text == "answer \(number)")
            }
        }
        #expect(try await ask(Question("?")).text == "answer 2")
    }

    @Test func aKeptAnswersTraceIsOfWhoeverAsksNow() async throws {
        let parent = TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        for (id, parent) in [("first", parent), ("second", nil)] {
            let origin = RequestOrigin(requestID: id, parent: parent)
            let trace = try await RequestOrigin.$current.withValue(origin) { try await ask(Question("?")).trace }
            #expect(trace.requestID == id && trace.parent == parent)
        }
        #expect(try await ask(Question("?")).trace.requestID == nil)
        #expect(expert.questions.count == 1 && shop.traces.all.map(\.requestID) == ["first", "second", nil])
    }

    @Test func whatWasAskedBeforeEverythingWasForgottenIsNotKept() async throws {
        let flow = try await cached.answer(Question("?"), model: "auto", wishes: Wishes(), delivery: .whole)
        cached.forget()
        #expect(try await flow.settled().answer.text == "answer 0")
        #expect(try await ask(Question("?")).text == "answer 1")
        #expect(try await ask(Question("?")).text == "answer 1")
    }

    private static let padding = String(repeating: "x", count: 20_000)

    private static let heavy: [Question] = {
        var image = Question("?")
        image.messages[0].parts.append(.image(url: padding))
        var tool = Question("?")
        tool.output.tools = [Tool(name: "t", parameters: .object(["a": .string(padding)]))]
        var extra = Question("?")
        extra.extra = ["metadata": .array(Array(repeating: .integer(1), count: 1_000))]
        var form = Question("?")
        form.output.form = .schema(name: "s", schema: .string(padding), isStrict: nil)
        var told = Question("?")
        told.instructions = [padding]
        return [image, tool, extra, form, told]
    }()

    @Test(arguments: 0..<5) func everythingInARequestTakesRoom(_ number: Int) async throws {
        // An entry may take a quarter of 64 KiB, and an empty one takes six.
        let cached = Self.cached(shop, capacity: 65_536)
        for call in [0, 1] { #expect(try await ask(Self.heavy[number], of: cached).text == "answer \(call)") }
        for _ in 0..<2 { #expect(try await ask(Question("?"), of: cached).text == "answer 2") }
    }
}
