import Core
import Testing

struct QuestionTokensTests {
    @Test func wordsAreFourBytesATokenAndFourATurn() {
        var question = Question("twelve bytes")
        #expect(question.estimatedTokens == 7)
        question.instructions = ["eight by"]
        #expect(question.estimatedTokens == 9)
    }

    @Test func aPictureIsATokenAllowance() {
        var question = Question("")
        question.messages[0].parts = [.image(url: "data:image/png;base64,AAAA"), .image(url: "https://x/y.png")]
        #expect(question.estimatedTokens == 2_004)
    }

    @Test func toolsAndSchemasCountAsLongAsTheyAre() {
        let schema = JSONValue.object(["description": .string(String(repeating: "x", count: 4_000))])
        var question = Question("")
        question.output.tools = [Tool(name: "find", summary: "finds", parameters: schema)]
        #expect((1_008...1_030).contains(question.estimatedTokens))
        question.output.form = .schema(name: "answer", schema: schema, isStrict: true)
        #expect((2_008...2_060).contains(question.estimatedTokens))
    }
}
