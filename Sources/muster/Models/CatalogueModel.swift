/// A public model that `muster model pull` knows by name: what its file must be, and where it can be had.
struct CatalogueModel: Sendable {
    /// The full name: model, variant and quantisation, such as `qwen2.5-coder-0.5b-instruct-q4_k_m`.
    var id: String
    /// Shorter names of the same file.
    var aliases: [String]
    /// What it is, in one line.
    var summary: String
    var fileName: String
    var bytes: Int
    /// Lower-case hexadecimal digits of the whole file's SHA-256: without a certain one there is no entry.
    var sha256: String
    /// What is known of the terms of use.
    var license: String
    /// In the order in which they are tried.
    var sources: [ModelSource]
    /// Files that it cannot be used without: model and companions lie in a folder of their own, which is then what the
    /// name stands for. None for a model of one file.
    var companions: [CatalogueCompanion] = []

    /// The full name, then the others.
    var names: [String] { [id] + aliases }
}

/// A file that belongs beside a model's: its tokenizer, its sizes.
struct CatalogueCompanion: Sendable {
    var fileName: String
    var bytes: Int
    /// Lower-case hexadecimal digits of the whole file's SHA-256.
    var sha256: String
    /// In the order in which they are tried.
    var sources: [ModelSource]
}
