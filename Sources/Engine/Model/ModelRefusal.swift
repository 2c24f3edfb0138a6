public import Gating

/// Says why a GGUF file that can be read cannot be run as a model.
public enum ModelRefusal: Error, Equatable, Sendable {
    /// The file itself cannot be used.
    case file(GGUFRefusal)
    /// An architecture that we have not written down.
    case architecture(found: String, known: [String])
    /// A key whose value the architecture cannot work with.
    case value(key: String, found: String, expected: String)
    /// A tensor of another shape than the sizes of the model call for; dimensions as the file stores them.
    case shape(tensor: String, found: [Int], expected: [Int])
    /// A gate that the file's numbers do not make.
    case gate(GateRefusal)
    /// A vocabulary that does not go together.
    case vocabulary(TokenizerRefusal)
    /// A memory for weight experts that has no room for a single one, bytes.
    case expertBudget(bytes: Int, smallest: Int)
}

extension ModelRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let refusal): "\(refusal)"
        case .architecture(let found, let known):
            "the architecture \(found) cannot be run. Known are \(known.joined(separator: ", "))"
        case .value(let key, let found, let expected): "\(key) is \(found); expected \(expected)"
        case .shape(let tensor, let found, let expected):
            "the tensor \(tensor) is \(Self.words(found)); the sizes in the metadata call for \(Self.words(expected))"
        case .gate(let refusal): "\(refusal)"
        case .vocabulary(let refusal): "\(refusal)"
        case .expertBudget(let bytes, let smallest):
            "the weight experts may use \(bytes) bytes of memory, and one of them needs \(smallest). "
                + "Allow at least \(smallest) bytes"
        }
    }

    private static func words(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: " × ")
    }
}
