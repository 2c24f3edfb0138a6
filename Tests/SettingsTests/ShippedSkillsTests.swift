import Core
import Settings
import Testing

/// The skills in this repository: all of them read, enough of them there.
struct ShippedSkillsTests {
    private static let shelf = SkillShelf(folder: Repository.path("Skills"))

    @Test func areReadWithoutAProblem() {
        #expect(Self.shelf.problems.map(\.sentence) == [])
    }

    @Test func areManyInManyCategories() {
        #expect(Self.shelf.skills.count >= 24)
        #expect(Set(Self.shelf.skills.map(\.category)).count >= 8)
    }

    @Test func eachHasEnoughQuestionsToKnowWhoHasIt() {
        for skill in Self.shelf.skills {
            #expect(skill.questions.count >= 12, "\(skill.name)")
            #expect(skill.isActive && skill.grader != nil, "\(skill.name)")
        }
    }

    @Test func eachTellsAnnotatorsAndExpertsWhatTheyNeed() {
        for skill in Self.shelf.skills {
            #expect(skill.keywords.count >= 5, "\(skill.name)")
            #expect(skill.description.count >= 40, "\(skill.name)")
            #expect(skill.instructions.contains("Answer:"), "\(skill.name)")
        }
    }

    @Test func noQuestionIsAskedTwice() {
        var seen: [String: String] = [:]
        for skill in Self.shelf.skills {
            for question in skill.questions {
                let place = "\(skill.name)/\(question.id)"
                let before = seen.updateValue(place, forKey: question.question)
                #expect(before == nil, "\(place) asks the same as \(before ?? "")")
            }
        }
    }
}
