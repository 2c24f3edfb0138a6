import Engine
import Testing

/// The texts are those llama.cpp knows; ids of marks count from 257.
struct EndTokensTests {
    private func ends(_ marks: [(text: String, type: Int)], ids: [String: UInt32] = [:]) throws -> Set<Int> {
        var file = VocabularyFile.bytePairs(marks)
        file.ids = ids
        return try file.codec().ends
    }

    @Test(
        arguments: [
            "<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<|endoftext|>",
            "<|end_of_text|>", "<end_of_turn>", "<｜end▁of▁sentence｜>", "</s>", "<eos>", "[EOS]", "<|fim_pad|>",
        ])
    func knowsAnEndByItsText(text: String) throws {
        #expect(try ends([(text, 3)]) == [257])
        #expect(try ends([(text + " ", 3)]) == [])
    }

    @Test func takesWhatMayBeHTMLForAnEndOnlyAsAControlToken() throws {
        #expect(try ends([("</s>", 1), ("<eos>", 4)]) == [])
        #expect(try ends([("<|im_end|>", 4), ("<|eot_id|>", 1), ("<|end|>", 5)]) == [257, 258])
    }

    @Test func takesTheIdsTheFileNames() throws {
        let marks = [("A", 3), ("B", 3), ("C", 3), ("D", 3), ("E", 3)]
        let ids: [String: UInt32] = ["eos_token_id": 257, "eot_token_id": 258, "eom_token_id": 259]
        #expect(try ends(marks, ids: ids) == [257, 258, 259])
        #expect(try ends(marks, ids: ["fim_pad_token_id": 260, "bos_token_id": 261]) == [260])
    }

    /// In gpt-oss `<|end|>` ends one message of several.
    @Test func goesOnAfterAMessageWhereReturnAndCallEndAnAnswer() throws {
        #expect(try ends([("<|end|>", 3), ("<|return|>", 3), ("<|call|>", 3)]) == [258, 259])
        #expect(try ends([("<|end|>", 3), ("<|flush|>", 3), ("<|calls|>", 3)]) == [258, 259])
        #expect(try ends([("<|end|>", 3), ("<|return|>", 3)]) == [257, 258])
        #expect(try ends([("</s>", 3), ("<|tool_response>", 3)]) == [258])
    }
}
