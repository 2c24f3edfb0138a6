/// The sentences of a refusal: where, what was found, what was expected, what to do.
extension SafetensorsRefusal {
    /// One sentence for people.
    public var description: String {
        "safetensors file, byte \(offset): \(sentence)"
    }

    private var sentence: String {
        switch reason {
        case .unreadable(let cause):
            "the file cannot be read (\(cause)). Check its path and permissions."
        case .truncated(let found, let needed):
            "the file has \(found) bytes and \(needed) are needed. Was the download cut short?"
        case .headerSize(let found, let most):
            "found a header of \(found) bytes, expected 2 to \(most). Is this a safetensors file?"
        case .header(let found):
            "the header cannot be read: \(found). Is this a safetensors file?"
        case .tensor(let name, let flaw):
            "the tensor \(ShownText.of(name)) \(Self.sentence(flaw))"
        case .hole(let bytes):
            "the bytes \(bytes.lowerBound) to \(bytes.upperBound) (left out) belong to no tensor, expected none between "
                + "or behind the tensors. The file is damaged."
        case .missing(let name):
            "the tensor \(ShownText.of(name)) is missing. Is this the model you mean?"
        }
    }

    private static func sentence(_ flaw: TensorFlaw) -> String {
        switch flaw {
        case .member(let member, let expected):
            "is described without \(member), expected \(expected). The file is damaged."
        case .unknownType(let found):
            "has type \(ShownText.of(found)), expected one of "
                + SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ") + ". Convert the model again."
        case .shape(let found):
            "has the shape \(found), expected at most \(SafetensorsHeader.mostDimensions) whole numbers. "
                + "The file is damaged."
        case .size(let found, let needed):
            "has \(found) bytes, expected \(needed.map(String.init) ?? "more than can be counted") by its type and "
                + "shape. The file is damaged."
        case .outside(let begin, let end, let size):
            "lies at \(begin) to \(end) behind the header, expected a range within the \(size) bytes there. "
                + "Was the download cut short?"
        case .overlap(let other):
            "shares bytes with the tensor \(ShownText.of(other)), expected its own. The file is damaged."
        case .type(let type, let wanted):
            "has type \(type.rawValue), expected \(wanted). Use a download of that type."
        }
    }
}
