import Engine
import Testing

struct TextCodecTests {
    @Test func readsBytePairsAndWhatBeginsAndEndsAText() throws {
        var file = VocabularyFile.bytePairs([("<|s|>", 3), ("<|e|>", 3)])
        file.ids = ["bos_token_id": 257, "eos_token_id": 258]
        let codec = try file.codec()
        #expect(codec.tokenizer.encode("ab", marks: .asText) == [256])
        #expect(codec.beginning == 257 && codec.ending == 258)
        #expect(codec.ends == [258])
        #expect(codec.beginningText == "<|s|>" && codec.endingText == "<|e|>")
        #expect(!codec.addsBeginning && !codec.addsEnding)
        #expect(codec.encodePrompt("ab", marks: .asText) == [256])
    }

    @Test func readsPiecesAndBeginsAPromptWithOne() throws {
        let codec = try VocabularyFile.pieces.codec()
        #expect(codec.beginning == 1 && codec.ending == 2)
        #expect(codec.ends == [2])
        #expect(codec.encodePrompt("a a", marks: .asText) == [1, 261, 261])
        #expect(codec.beginningText == "<s>" && codec.endingText == "</s>")
    }

    @Test func putsNoSpaceInFrontWhereTheFileSaysSo() throws {
        var file = VocabularyFile.pieces
        file.flags = ["add_space_prefix": false, "add_bos_token": false]
        #expect(try file.codec().encodePrompt("a a", marks: .asText) == [260, 261])
    }

    @Test(arguments: [("llama-bpe", [257, 256]), ("tekken", [257, 256]), ("qwen2", [256]), ("gpt-4o", [256])])
    func beginsAPromptAsThePreTokenizerSays(name: String, ids: [Int]) throws {
        var file = VocabularyFile.bytePairs([("<|s|>", 3)])
        file.preTokenizer = name
        file.ids = ["bos_token_id": 257]
        #expect(try file.codec().encodePrompt("ab", marks: .asText) == ids)
        file.flags = ["add_bos_token": ids.count == 1]
        #expect(try file.codec().encodePrompt("ab", marks: .asText) == (ids.count == 1 ? [257, 256] : [256]))
    }

    /// As text the name is five characters; as a token it stands in front already.
    @Test func beginsAndEndsAPromptOnce() throws {
        var file = VocabularyFile.bytePairs([("<|s|>", 3), ("<|e|>", 3)])
        file.ids = ["bos_token_id": 257, "eos_token_id": 258]
        file.flags = ["add_bos_token": true, "add_eos_token": true]
        let codec = try file.codec()
        #expect(codec.encodePrompt("ab", marks: .asTokens) == [257, 256, 258])
        #expect(codec.encodePrompt("<|s|>ab<|e|>", marks: .asTokens) == [257, 256, 258])
        #expect(codec.encodePrompt("<|s|>", marks: .asText) == [257, 0x3C, 0x7C, 0x73, 0x7C, 0x3E, 258])
        #expect(codec.encodePrompt("", marks: .asTokens) == [257, 258])
    }

    @Test func addsNothingThatTheFileDoesNotName() throws {
        var file = VocabularyFile.bytePairs([])
        file.preTokenizer = "llama-bpe"
        let codec = try file.codec()
        #expect(codec.beginning == nil && codec.beginningText.isEmpty)
        #expect(codec.encodePrompt("ab", marks: .asTokens) == [256])
        #expect(codec.ends.isEmpty)
    }

    /// The file calls the end of a turn normal text, and merges lead there; text stays text.
    @Test func noTextBecomesAnEnd() throws {
        var file = VocabularyFile()
        file.vocabulary = SmallVocabulary(merges: ["< a", "<a >"])
        file.ids = ["eot_token_id": 257]
        let codec = try file.codec()
        #expect(codec.ends == [257])
        #expect(codec.tokenizer.encode("<a>", marks: .asText) == [0x3C, 0x61, 0x3E])
        #expect(codec.tokenizer.encode("<a>", marks: .asTokens) == [257])
    }

    @Test func readsAFileWithoutAPreTokenizerAsTheOldOnesAre() throws {
        var file = VocabularyFile()
        file.preTokenizer = nil
        file.vocabulary = SmallVocabulary(merges: ["= a"])
        #expect(try file.codec().tokenizer.encode("=a", marks: .asText) == [0x3D, 0x61])
    }

    @Test func takesTheNumberMinusOneForNoToken() throws {
        var file = VocabularyFile()
        file.ids = ["bos_token_id": .max, "padding_token_id": .max]
        #expect(try file.codec().beginning == nil)
    }

    private func refusal(_ file: VocabularyFile = VocabularyFile(), _ change: (inout VocabularyFile) -> Void) -> String
    {
        var changed = file
        change(&changed)
        do {
            _ = try changed.codec()
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test func refusesVocabulariesItCannotRead() {
        #expect(
            refusal { $0.model = "bert" }.contains(
                "found “bert” for the key \"tokenizer.ggml.model\", expected “gpt2” or “llama”."))
        #expect(refusal { $0.preTokenizer = "gpt2" }.contains("The nearest is “gpt-2”."))
        #expect(refusal { $0.missing = ["model"] }.contains("the key \"tokenizer.ggml.model\" is missing"))
        #expect(refusal { $0.missing = ["tokens"] }.contains("the key \"tokenizer.ggml.tokens\" is missing"))
        #expect(refusal { $0.missing = ["merges"] }.contains("the key \"tokenizer.ggml.merges\" is missing"))
        #expect(refusal(.pieces) { $0.missing = ["scores"] }.contains("\"tokenizer.ggml.scores\" is missing"))
        #expect(refusal(.pieces) { $0.missing = ["token_type"] }.contains("\"tokenizer.ggml.token_type\" is missing"))
        #expect(
            refusal {
                $0.vocabulary.tokens = []
                $0.vocabulary.types = []
            }.contains("found 0 tokens, expected 1 to"))
        #expect(refusal { $0.vocabulary.types.removeLast() }.contains("found 256 token types, expected 257"))
        #expect(refusal { $0.vocabulary.merges.append("ab") }.contains("merge 1 is not two texts"))
        #expect(refusal { $0.vocabulary.tokens[0x61] = "b" }.contains("there is no token for the byte 0x61"))
    }

    @Test(
        arguments: [
            "bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id", "padding_token_id", "unknown_token_id",
        ])
    func refusesIdsThatNoTokenHas(name: String) {
        #expect(
            refusal { $0.ids = [name: 257] }.hasSuffix(
                "found token 257 for the key \"tokenizer.ggml.\(name)\", expected a token of the vocabulary, which has "
                    + "257. Convert the model again."))
    }

    @Test func refusesToAddATokenThatTheFileDoesNotName() {
        #expect(
            refusal { $0.flags = ["add_bos_token": true] }.contains(
                "found true for the key \"tokenizer.ggml.add_bos_token\", expected false, as the file names "
                    + "no such token"))
    }
}
