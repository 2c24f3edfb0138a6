import Engine
import Testing

struct TokenizerRefusalTests {
    @Test(
        arguments: [
            (
                .tokenCount(found: 0, most: 9),
                "found 0 tokens, expected 1 to 9. The file is damaged or holds no tokenizer."
            ),
            (
                .lengths(what: "scores", found: 2, expected: 3),
                "found 2 scores, expected 3, one for each token. The file is damaged."
            ),
            (
                .tokenType(id: 4, found: 7),
                "token 4 has type 7, expected 0 to 6. Convert the model with a current tool."
            ),
            (
                .outsideVocabulary(id: 9, tokenCount: 9),
                "special token 9 does not exist, expected 0 to 8. The file is damaged."
            ),
            (
                .marks(found: 9, most: 8),
                "found 9 bytes of control and user-defined tokens, expected at most 8. The file is damaged."
            ),
            (.merge(index: 5), "merge 5 is not two texts with a space between. The file is damaged."),
            (.mergeCount(found: 9, most: 8), "found 9 merges, expected at most 8. The file is damaged."),
            (
                .missingByte(0x0A),
                "there is no token for the byte 0x0A, and text may hold it. Use another model file."
            ),
            (
                .missingSpaceMark,
                "there is no token ▁ (U+2581), which spaces are written with. Use another model file."
            ),
            (.byteToken(id: 3), "token 3 is of type byte and not written like <0x0A>. The file is damaged."),
            (.score(id: 3), "the score of token 3 is not a number. The file is damaged."),
            (
                .unknownPreTokenizer(found: "x", known: ["gpt-2", "qwen2"]),
                "found the pre-tokenizer “x”, expected one of gpt-2, qwen2. Use a model of one of these families."
            ),
        ] as [(TokenizerRefusal, String)])
    func saysWhatWasFoundAndWhatToDo(refusal: TokenizerRefusal, sentence: String) {
        #expect(refusal.description == "vocabulary: " + sentence)
    }
}
