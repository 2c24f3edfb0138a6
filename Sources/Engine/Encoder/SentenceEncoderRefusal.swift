/// Says why a folder cannot be used as a sentence encoder.
public enum SentenceEncoderRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file that cannot be opened or read, or that is too large.
    case unreadable(file: String, cause: String)
    /// A file that is not the JSON it should be.
    case json(file: String, offset: Int, found: String)
    /// A setting that is not what this program computes.
    case setting(String, found: String, expected: String)
    /// A vocabulary that cannot be used.
    case tokenizer(String)
    /// Weights that cannot be read.
    case weights(SafetensorsRefusal)
    /// A tensor of another shape than the settings say.
    case shape(tensor: String, found: [Int], expected: [Int])
    /// The system gives no more threads.
    case threads(Int)

    /// One sentence for people: what was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let cause):
            "sentence encoder: \(file) cannot be read (\(cause)). Name the folder that holds model.safetensors, "
                + "config.json, and tokenizer.json or vocab.txt."
        case .json(let file, let offset, let found):
            "sentence encoder: \(file), byte \(offset): \(found). Download it again."
        case .setting(let name, let found, let expected):
            "sentence encoder: \(name) is \(found), expected \(expected). Use an encoder of the BERT family, such as "
                + "all-MiniLM-L6-v2."
        case .tokenizer(let found):
            "sentence encoder: \(found). Use the tokenizer.json or vocab.txt of the model."
        case .weights(let refusal):
            "sentence encoder: \(refusal)"
        case .shape(let tensor, let found, let expected):
            "sentence encoder: the tensor \(tensor) has the shape \(found), expected \(expected) by config.json. "
                + "Do the two files belong together?"
        case .threads(let count):
            "sentence encoder: the system does not give \(count) threads. Ask for fewer."
        }
    }
}
