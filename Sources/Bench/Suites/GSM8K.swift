import Core
import Foundation

extension Suite {
    /// Grade-school word problems with whole-number answers, arXiv:2110.14168; the test split has 1,319 questions.
    ///
    /// Asked step by step with three worked examples of our own (the published 8-shot prompts use other ones). The
    /// publisher's answers end with `#### 42`, and so do the examples.
    public static let gsm8k = Suite(
        id: "gsm8k", summary: "Grade-school word problems, 1,319 in the test split", license: "MIT",
        promptVersion: "gsm8k-three-shot-1", shape: .number,
        source: Source(
            url: "https://raw.githubusercontent.com/openai/grade-school-math/master/grade_school_math/data/test.jsonl",
            sha256: "3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14", size: 749_738,
            fileName: "test.jsonl", split: "test"),
        validation: Source(
            url: "https://raw.githubusercontent.com/openai/grade-school-math/master/grade_school_math/data/train.jsonl",
            sha256: "17f347dc51477c50d4efb83959dbb7c56297aba886e5544ee2aaed3024813465", size: 4_166_206,
            fileName: "train.jsonl", split: "train"),
        opening: "2c1fa8e8f2052b3062f8007069d31433",
        maximumTokens: 400,
        instruction: """
            Solve each problem step by step, one short sentence for each step. Then write the final answer on a line of \
            its own as "#### " followed by the number alone.
            """,
        examples: GSM8KExamples.all,
        read: { line in
            struct Row: Decodable {
                var question: String
                var answer: String
            }
            let row = try line.decode(Row.self, expecting: #"{"question": "…", "answer": "… #### 42"}"#)
            guard let gold = StrictMatch().extract(from: row.answer) else {
                throw line.fault("the answer does not end with \"#### \" and a number")
            }
            return GradedQuestion(id: "gsm8k/\(line.number)", question: row.question, answer: gold)
        })
}
