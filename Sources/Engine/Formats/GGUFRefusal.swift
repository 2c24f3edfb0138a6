/// Says why a file cannot be used as a GGUF model, and at which byte that was seen.
public struct GGUFRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The file could not be opened or read; the text is the system's.
        case unreadable(String)
        /// The file ends too early; sizes in bytes.
        case truncated(found: UInt64, needed: UInt64)
        /// The file does not begin with the letters GGUF; the text is what it begins with, in hexadecimal.
        case notGGUF(found: String)
        /// The file was written for big-endian machines, which we do not read.
        case bigEndian
        /// A version other than 2 and 3.
        case unsupportedVersion(UInt32)
        /// More tensors than the file has room to describe.
        case tooManyTensors(found: UInt64, most: UInt64)
        /// More metadata entries than the file has room for.
        case tooManyMetadataEntries(found: UInt64, most: UInt64)
    }

    /// Position in the file, bytes from its start.
    public let offset: UInt64

    /// What is wrong there.
    public let reason: Reason

    /// A refusal of the file for what was seen at `offset`.
    package init(offset: UInt64, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    /// One sentence for people: where, what was found, what was expected, what to do.
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
        }
    }
}
