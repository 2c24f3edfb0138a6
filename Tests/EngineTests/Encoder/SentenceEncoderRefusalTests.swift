import Engine
import Foundation
import Support
import Testing

struct SentenceEncoderRefusalTests {
    private func sentence(
        _ model: TinyEncoderFolder = TinyEncoderFolder(), then change: (String) throws -> Void = { _ in }
    ) throws -> String {
        try TemporaryFolder.with { folder in
            try model.write(to: folder)
            try change(folder)
            do {
                _ = try SentenceEncoder(readingFolder: folder, threads: 1)
                return "accepted"
            } catch {
                return "\(error)"
            }
        }
    }

    private func sentence(config: String, instead: String) throws -> String {
        var model = TinyEncoderFolder()
        model.config = model.config.replacingOccurrences(of: config, with: instead)
        return try sentence(model)
    }

    @Test func anEncoderOfAnotherKindIsRefused() throws {
        #expect(
            try sentence(config: "\"bert\"", instead: "\"mpnet\"")
                == "sentence encoder: model_type in config.json is \"mpnet\", expected \"bert\". Use an encoder of the "
                + "BERT family, such as all-MiniLM-L6-v2.")
        #expect(
            try sentence(config: "\"gelu\"", instead: "\"relu\"").contains("hidden_act in config.json is \"relu\""))
        #expect(
            try sentence(config: "\"absolute\"", instead: "\"relative_key\"")
                .contains("position_embedding_type in config.json is \"relative_key\", expected \"absolute\""))
        #expect(
            try sentence {
                try FileManager.default.createDirectory(atPath: $0 + "/1_Pooling", withIntermediateDirectories: true)
                try Data("{\"pooling_mode_mean_tokens\": false}".utf8)
                    .write(to: URL(fileURLWithPath: $0 + "/1_Pooling/config.json"))
            }.contains("pooling_mode_mean_tokens in 1_Pooling/config.json is false, expected true"))
    }

    @Test(
        arguments: [
            ("\"hidden_size\": 24", "\"hidden_size\": 0", "hidden_size in config.json is 0, expected a whole number"),
            ("\"hidden_size\": 24", "\"hidden_size\": 25", "is 25, expected a multiple of the 3 heads"),
            ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1e9", "num_hidden_layers in config.json is 1e9"),
            ("\"layer_norm_eps\": 1e-12", "\"layer_norm_eps\": -1", "layer_norm_eps in config.json is -1"),
            ("\"vocab_size\": 63", "\"vocab_size\": 62", "is 62, expected at least the 63 tokens of the tokenizer"),
            (
                "\"intermediate_size\": 41", "\"intermediate_size\": 40",
                "intermediate.dense.weight has the shape [41, 24], expected [40, 24] by config.json"
            ),
            (
                "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3",
                "the tensor \"encoder.layer.2.attention.self.query.weight\" is missing"
            ),
            ("{\"model_type\"", "{\"model_type\" 3", "config.json, byte 14: found “3”, expected “:”"),
        ])
    func sizesThatCannotBeAreRefused(found: String, instead: String, said: String) throws {
        let sentence = try sentence(config: found, instead: instead)
        #expect(sentence.contains(said), "\(sentence)")
    }

    @Test func everyFileMustBeThere() throws {
        for (file, said) in [
            ("config.json", "config.json cannot be read (it is not there). Name the folder that holds"),
            ("vocab.txt", "tokenizer.json cannot be read (neither it nor vocab.txt is there)"),
            ("model.safetensors", "safetensors file, byte 0: the file cannot be read (No such file or directory)"),
        ] {
            let sentence = try sentence { try FileManager.default.removeItem(atPath: $0 + "/" + file) }
            #expect(sentence.contains(said), "\(sentence)")
        }
    }
}
