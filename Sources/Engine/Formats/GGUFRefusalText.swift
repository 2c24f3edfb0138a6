/// The sentences of a refusal: where, what was found, what was expected, what to do.
extension GGUFRefusal {
    /// One sentence for people.
    public var description: String {
        "GGUF file, byte \(offset): \(sentence)"
    }

    private var sentence: String {
        switch reason {
        case .unreadable(let cause):
            "the file cannot be read (\(cause)). Check its path and permissions."
        case .truncated(let found, let needed):
            "the file has \(found) bytes and \(needed) are needed. Was the download cut short?"
        case .notGGUF(let found):
            "found \(found), expected 47 47 55 46 (the letters GGUF). Is this a GGUF file?"
        case .bigEndian:
            "the file is big-endian, expected little-endian. Convert it, or use the usual download."
        case .unsupportedVersion(let version):
            "found version \(version), expected 2 or 3. Convert the model with a current tool."
        case .tooManyTensors(let found, let most):
            "found \(found) tensors, and a file of this size describes at most \(most). The file is damaged."
        case .tooManyMetadataEntries(let found, let most):
            "found \(found) metadata entries, and a file of this size holds at most \(most). The file is damaged."
        case .tooLong(let piece, let found, let most):
            "found a length of \(found) for \(Self.article(piece)), expected at most \(most). The file is damaged."
        case .notText(let piece):
            "found \(Self.article(piece)) that is not UTF-8. The file is damaged, or was written by a faulty tool."
        case .unknownValueType(let code):
            "found a value of type \(code), expected 0 to 12. The file is damaged, or newer than this program."
        case .notTruthValue(let byte):
            "found \(byte) for a truth value, expected 0 or 1. The file is damaged."
        case .arraysTooDeep(let most):
            "found an array within \(most) others, expected fewer. The file is damaged."
        case .duplicate(let piece, let name):
            "found the \(piece.rawValue) \(ShownText.of(name)) a second time, expected once. Convert the model again."
        case .missing(let piece, let name):
            "the \(piece.rawValue) \(ShownText.of(name)) is missing. Is this the model you mean? Convert it again."
        case .wrongValue(let key, let found, let expected):
            "found \(found) for the key \(ShownText.of(key)), expected \(expected). Convert the model again."
        case .notFirstPart(let index, let count, let ending):
            "found the part with index \(index) of a model in \(count) files, expected index 0 in a file whose name "
                + "ends in \(ending). Name the first file, and keep the names of the download."
        case .part(let name, let refusal):
            "the part \(ShownText.of(name)) cannot be used: \(refusal.sentence)"
        case .tensor(let name, let flaw):
            "the tensor \(ShownText.of(name)) \(Self.sentence(flaw))"
        }
    }

    private static func sentence(_ flaw: TensorFlaw) -> String {
        switch flaw {
        case .dimensions(let found, let most):
            "has \(found) dimensions, expected at most \(most). The file is damaged."
        case .shape(let shape):
            "has the shape \(shape), expected dimensions of 1 or more whose product fits 63 bits. The file is damaged."
        case .type(let code):
            "has type \(code), which this program cannot read. Use a download of one of these types: "
                + TensorType.allCases.map(\.name).joined(separator: ", ") + "."
        case .unevenRows(let length, let block):
            "has rows of \(length) numbers, expected a multiple of \(block). The file is damaged."
        case .misaligned(let start, let alignment):
            "starts at \(start) in the tensor part, expected a multiple of \(alignment). Convert the model again."
        case .outside(let end, let fileSize):
            "ends at byte \(end.map(String.init) ?? "2^64 or later") and the file has \(fileSize). "
                + "Was the download cut short?"
        case .overlap(let other):
            "shares bytes with the tensor \(ShownText.of(other)), expected its own. The file is damaged."
        case .rows(let asked, let count):
            "has \(count) rows, and rows \(asked.lowerBound) to \(asked.upperBound) (left out) were asked for."
        }
    }

    private static func article(_ piece: Piece) -> String {
        switch piece {
        case .key: "a key"
        case .tensor: "a tensor's name"
        case .text: "a text"
        case .array: "an array"
        }
    }
}
