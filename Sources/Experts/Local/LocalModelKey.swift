/// What tells the models of this process apart: the file, and how many tokens its answers may have. Two experts that
/// agree in both share one model.
struct LocalModelKey: Hashable, Sendable {
    /// A GGUF file; of a split model the first part.
    var file: String
    /// Most tokens of question and answer together; the model may have been made for fewer.
    var context: Int
}
