import Engine
import Testing

/// What a file must be to be run, and what is said of one that is not.
struct ArchitectureRefusalTests {
    @Test func anUnknownArchitectureIsToldTheKnownOnes() throws {
        var tiny = TinyModel(.llama)
        tiny.name = "mamba"
        #expect(
            try refusal(of: tiny)
                == "the architecture mamba cannot be run. Known are deepseek2, gemma3, gpt-oss, granite, granitemoe, "
                + "llama, olmoe, qwen2, qwen2moe, qwen3, qwen3moe")
    }

    /// Law: of the tensors that are no biases, none can be left out.
    @Test(arguments: TinyModel.Architecture.allCases)
    func aMissingTensorIsNamed(architecture: TinyModel.Architecture) throws {
        let tiny = TinyModel(architecture)
        let last = "blk.\(tiny.layers - 1)."
        let needed = tiny.tensors.map(\.name).filter {
            ($0.hasPrefix(last) || ["token_embd.weight", "output_norm.weight"].contains($0)) && $0.hasSuffix(".weight")
        }
        #expect(needed.count > 10)
        for name in needed {
            var lacking = tiny
            lacking.leftOut = [name]
            let sentence = try refusal(of: lacking)
            #expect(
                sentence.hasSuffix("the tensor \"\(name)\" is missing. Is this the model you mean? Convert it again."),
                "\(name): \(sentence)")
        }
    }

    /// Law: no tensor, biases among them, may have another shape than the sizes call for.
    @Test(arguments: TinyModel.Architecture.allCases)
    func aTensorOfAnotherShapeIsNamed(architecture: TinyModel.Architecture) throws {
        let tiny = TinyModel(architecture)
        for tensor in tiny.tensors where tensor.name.hasPrefix("blk.\(tiny.layers - 1).") {
            var other = tiny
            var shape = tensor.shape
            shape[shape.count - 1] += 32
            other.shapes[tensor.name] = shape
            let words = { (shape: [Int]) in shape.map(String.init).joined(separator: " × ") }
            #expect(
                try refusal(of: other)
                    == "the tensor \(tensor.name) is \(words(shape)); the sizes in the metadata call for "
                    + words(tensor.shape))
        }
    }

    @Test func anEmbeddingOfAnotherWidthIsNamed() throws {
        var tiny = TinyModel(.olmoe)
        tiny.shapes["token_embd.weight"] = [64, 48]
        #expect(
            try refusal(of: tiny)
                == "the tensor token_embd.weight is 64 × 48; the sizes in the metadata call for 32 × 48")
    }

    /// One key with a value that the architecture cannot work with.
    struct Misfit: Sendable, CustomTestStringConvertible {
        let architecture: TinyModel.Architecture
        let key: String
        let value: TinyValue
        let sentence: String

        init(_ architecture: TinyModel.Architecture, _ key: String, _ value: TinyValue, _ sentence: String) {
            (self.architecture, self.key, self.value, self.sentence) = (architecture, key, value, sentence)
        }

        var testDescription: String { "\(architecture) \(key) \(value)" }
    }

    @Test(arguments: [
        Misfit(.llama, "embedding_length", .count(0), "is 0; expected 1 to 16777216"),
        Misfit(.llama, "attention.head_count", .count(16_777_217), "is 16777217; expected 1 to 16777216"),
        Misfit(.llama, "block_count", .count(1025), "is 1025; expected at most 1024"),
        Misfit(.llama, "attention.head_count_kv", .count(3), "is 3; expected a divisor of 4 heads"),
        Misfit(.llama, "attention.layer_norm_rms_epsilon", .number(.nan), "is nan; expected a finite number"),
        Misfit(.llama, "context_length", .count(0), "is 0; expected 1 to 16777216"),
        Misfit(.qwen3, "rope.dimension_count", .count(7), "is 7; expected an even number"),
        Misfit(.qwen3, "rope.dimension_count", .count(18), "is 18; expected at most the 16 numbers of a head"),
        Misfit(.qwen3, "rope.freq_base", .number(1), "is 1.0; expected a number above 1"),
        Misfit(.qwen3, "rope.scaling.type", .text("longrope"), "is longrope; expected none, linear or yarn"),
        Misfit(.qwen3, "rope.scaling.factor", .number(-2), "is -2.0; expected a number above 0"),
        Misfit(.olmoe, "expert_used_count", .count(9), "is 9; expected at most the 8 experts"),
        Misfit(.mixtral, "expert_used_count", .count(0), "is 0; expected 1 to 16777216"),
        Misfit(.granite, "logit_scale", .number(0), "is 0; expected a number other than 0, which divides"),
        Misfit(.gptOSS, "attention.sliding_window", .count(0), "is 0; expected 1 to 16777216"),
        Misfit(.gemma3, "attention.sliding_window", .count(0), "is 0; expected 1 to 16777216"),
        Misfit(.deepseekV2, "attention.key_length_mla", .count(8), "is 8; expected more than the 8 numbers that turn"),
        Misfit(.deepseekV3, "rope.dimension_count", .count(9), "is 9; expected an even number"),
        Misfit(.deepseekV2, "expert_weights_scale", .number(.infinity), "is inf; expected a finite number"),
        Misfit(.deepseekV3, "expert_gating_func", .count(3), "is 3; expected 1 (softmax) or 2 (sigmoid)"),
    ])
    func aValueOutOfRangeIsNamed(misfit: Misfit) throws {
        var tiny = TinyModel(misfit.architecture)
        tiny.keys[misfit.key] = misfit.value
        #expect(try refusal(of: tiny) == "\(tiny.name).\(misfit.key) \(misfit.sentence)")
    }

    @Test(arguments: [
        Misfit(
            .deepseekV3, "expert_group_count", .count(3),
            "GroupLimit.groups: found 3, expected a divisor of the 16 experts."),
        Misfit(.deepseekV3, "expert_group_used_count", .count(5), "GroupLimit.kept: found 5, expected 1 to 4 groups."),
    ])
    func aGateThatCannotBeMadeSaysWhy(misfit: Misfit) throws {
        var tiny = TinyModel(misfit.architecture)
        tiny.keys[misfit.key] = misfit.value
        #expect(try refusal(of: tiny) == misfit.sentence)
    }

    @Test(arguments: [
        (TinyModel.Architecture.granite, "logit_scale"), (.gemma3, "attention.sliding_window"),
        (.gptOSS, "expert_feed_forward_length"), (.deepseekV3, "attention.kv_lora_rank"), (.llama, "context_length"),
        (.qwen2moe, "expert_shared_feed_forward_length"),
    ])
    func aMissingKeyIsNamed(architecture: TinyModel.Architecture, key: String) throws {
        var tiny = TinyModel(architecture)
        tiny.keys[key] = .absent
        #expect(
            try refusal(of: tiny).hasSuffix(
                "the key \"\(tiny.name).\(key)\" is missing. Is this the model you mean? Convert it again."))
    }

    @Test func aValueOfAnotherKindIsNamed() throws {
        var tiny = TinyModel(.llama)
        tiny.keys["block_count"] = .text("two")
        let sentence = try refusal(of: tiny)
        let expected = "for the key \"llama.block_count\", expected a whole number below 2^63."
        #expect(sentence.contains(expected), "\(sentence)")
    }

    @Test(arguments: [Float(0), -1, .nan])
    func factorsOfPairsAreAboveZero(factor: Float) throws {
        var tiny = TinyModel(.llama)
        tiny.vectors["rope_freqs.weight"] = [1, 1, 1, 1, factor, 1, 1, 1]
        #expect(try refusal(of: tiny) == "rope_freqs.weight is \(factor); expected numbers above 0")
    }

    /// What stops the file from being read as a model.
    private func refusal(of tiny: TinyModel) throws -> String {
        try tiny.written { path in
            do {
                _ = try LanguageModel(readingFileAt: path)
                Issue.record("the file was read")
                return ""
            } catch {
                return "\(error)"
            }
        }
    }
}
