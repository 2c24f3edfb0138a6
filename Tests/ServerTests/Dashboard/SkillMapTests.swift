import Core
import Server
import Support
import Testing

struct SkillMapTests {
    /// Marks of day 0, 10 and so on, counted in days from 1 January 2024.
    private func mark(
        _ expert: ExpertID, _ question: String, isRight: Bool, day: Int64, version: String = "2",
        isComplete: Bool = true
    ) -> Mark {
        Mark(
            expert: expert, skill: "algebra", skillVersion: version, question: question, isRight: isRight,
            isComplete: isComplete, at: Timestamp(microseconds: (1_704_067_200 + day * 86_400) * 1_000_000))
    }

    private func cells(_ shelf: InsightShelf, _ query: String = "") async throws -> [String: JSONValue] {
        let json = try await FrontDoor(insight: .sample(shelf)).get("/insight/skills" + query).json
        return Dictionary(
            uniqueKeysWithValues: (json["cells"]?.elements ?? []).map {
                ($0["expert"]?.text ?? "", $0)
            })
    }

    @Test func countsWhatBelongsToTheSkillsPresentVersion() async throws {
        let shelf = InsightShelf(marks: [
            mark("maths", "q1", isRight: true, day: 1), mark("maths", "q2", isRight: false, day: 2, isComplete: false),
            mark("maths", "q0", isRight: false, day: 0, version: "1"),
        ])
        let cells = try await cells(shelf)
        let maths = cells["maths"]
        #expect(maths?["graded"]?["right"] == .integer(1) && maths?["graded"]?["of"] == .integer(2))
        #expect(maths?["cut"] == .integer(1) && maths?["drift"] == nil)
        // Wilson, 1 of 2: 0.5 ∓ 0.4055.
        #expect(abs((maths?["graded"]?["low"]?.double ?? 0) - 0.0945) < 1e-4)
        #expect(abs((maths?["graded"]?["high"]?.double ?? 0) - 0.9055) < 1e-4)
        #expect(maths?["latest"] == .integer(1_704_240_000_000_000))
        // Nothing graded, but a profile by what narrower skills and people say.
        #expect(cells["general"]?["graded"]?["of"] == .integer(0))
        #expect(cells["general"]?["profile"]?["right"] == .number(0.5))
    }

    @Test func driftSetsWhatWasKnownOnADayAgainstWhatCameSince() async throws {
        let questions = (0..<12).map { "q\($0)" }
        let shelf = InsightShelf(
            marks: questions.map { mark("maths", $0, isRight: true, day: 20) } + [
                mark("general", "q1", isRight: true, day: 1)
            ],
            former: questions.map { mark("maths", $0, isRight: false, day: 5) }
                // Older still, and replaced since: it does not count.
                + [mark("maths", "q0", isRight: true, day: 2)])
        let cells = try await cells(shelf, "?since=2024-01-11")
        let drift = cells["maths"]?["drift"]
        #expect(drift?["before"]?["right"] == .integer(0) && drift?["before"]?["of"] == .integer(12))
        #expect(drift?["after"]?["right"] == .integer(12) && drift?["after"]?["of"] == .integer(12))
        #expect(drift?["change"] == .string("better"))
        #expect(cells["general"]?["drift"] == nil)
    }

    @Test func fewAnswersAreNoDrift() async throws {
        let shelf = InsightShelf(
            marks: [mark("maths", "q1", isRight: true, day: 20)], former: [mark("maths", "q1", isRight: false, day: 5)])
        #expect(try await cells(shelf, "?since=2024-01-11")["maths"]?["drift"]?["change"] == .string("even"))
    }

    @Test func aDayThatIsNoneIsRefused() async throws {
        let reply = try await FrontDoor(insight: .sample()).get("/insight/skills?since=yesterday")
        #expect(reply.status == 400 && reply.refusal?.param == "since")
    }

    @Test func aCellOpensItsQuestions() async throws {
        let shelf = InsightShelf(
            marks: [
                mark("maths", "q2", isRight: false, day: 3), mark("maths", "q1", isRight: true, day: 20),
                mark("maths", "gone", isRight: true, day: 0, version: "1"),
                mark("general", "q1", isRight: true, day: 1),
            ], former: [mark("maths", "q1", isRight: false, day: 5)])
        let door = FrontDoor(insight: .sample(shelf))
        let lines = try await door.get("/insight/marks?skill=algebra&expert=maths").json["data"]?.elements
        #expect(lines?.map { $0["question"] } == [.string("gone"), .string("q1"), .string("q2")])
        #expect(lines?[0]["counts"] == .bool(false) && lines?[0]["text"] == nil)
        #expect(lines?[1]["text"] == .string("x + 1 = 2") && lines?[1]["answer"] == .string("1"))
        #expect(lines?[1]["former"]?.elements?.map { $0["is_right"] } == [.bool(false)])
        #expect(lines?[2]["is_right"] == .bool(false) && lines?[2]["former"] == .array([]))
        #expect(try await door.get("/insight/marks?skill=algebra").status == 400)
    }
}
