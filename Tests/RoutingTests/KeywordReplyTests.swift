import Routing
import Testing

struct KeywordReplyTests {
    @Test(arguments: [
        ("Keywords: Algebra, Linear Systems.", ["algebra", "linear systems"]),
        (
            "Sure! keywords: a, b\nKeywords: Property Law, Finance.\nHope this helps, friend",
            ["property law", "finance"]
        ),
        ("**Keywords:** virology, U.S. history", ["virology", "us history"]),
        ("Keywords:\nrates, percent", ["rates", "percent"]),
        ("Keywords: a,, ,b", ["a", "b"]),
        ("I think algebra", []),
        ("", []),
    ])
    func readsWhatFollowsTheLastMark(reply: String, expected: [String]) {
        #expect(KeywordReply.keywords(in: reply) == expected)
    }
}
