import Core
import Routing
import Testing

struct KeywordFilterTests {
    @Test func keepsWhatOneQuestionsPassesNamedMoreThanOnce() {
        let annotation = Make.annotation([("algebra", 3), ("law", 1), ("a keyword of more than twenty", 5)])
        #expect(KeywordFilter.perQuestion.keep(in: [annotation])[0].map(\.text) == ["algebra"])
    }

    @Test func exactlyTwentyCharactersAreKept() {
        let annotation = Make.annotation([("12345678901234567890", 2), ("123456789012345678901", 2)])
        #expect(KeywordFilter.perQuestion.keep(in: [annotation])[0].map(\.text) == ["12345678901234567890"])
    }

    @Test func perSetCountsOverAllQuestions() {
        let first = Make.annotation([("law", 1), ("art", 1)])
        let second = Make.annotation([("law", 1)])
        let kept = KeywordFilter.perSet.keep(in: [first, second])
        #expect(kept[0].map(\.text) == ["law"])
        #expect(kept[1].map(\.text) == ["law"])
        #expect(KeywordFilter.perQuestion.keep(in: [first, second]) == [[], []])
    }

    @Test func aSinglePassKeepsEverything() {
        let annotation = Make.annotation([("law", 1), ("arithmetic-word-problems", 1)], passes: 1)
        #expect(KeywordFilter.perQuestion.keep(in: [annotation])[0].count == 2)
    }
}
