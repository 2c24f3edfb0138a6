/// Says why a file cannot be used as safetensors, and at which byte that was seen.
public struct SafetensorsRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The file could not be opened or read; the text says why.
        case unreadable(String)
        /// The file ends too early; sizes in bytes.
        case truncated(found: Int, needed: Int)
        /// A header of no or too many bytes.
        case headerSize(found: UInt64, most: Int)
        /// A header that is not the JSON object it should be; the text says what was found there.
        case header(String)
        /// A tensor that cannot be used.
        case tensor(name: String, TensorFlaw)
        /// Bytes that belong to no tensor.
        case hole(Range<Int>)
        /// A tensor that was asked for and that the file lacks.
        case missing(name: String)
    }

    /// What is wrong with a tensor.
    public enum TensorFlaw: Equatable, Sendable {
        /// Its description lacks this member, or has another kind of value there.
        case member(String, expected: String)
        /// A type that the format does not have.
        case unknownType(String)
        /// More dimensions than we accept, or a dimension that is no whole number.
        case shape(String)
        /// Bytes that are not as many as its type and shape say, nil when they cannot be counted.
        case size(found: Int, needed: Int?)
        /// It ends before it begins, or behind the end of the file; bytes from the end of the header.
        case outside(begin: Int, end: Int, size: Int)
        /// Bytes shared with another tensor.
        case overlap(with: String)
        /// Numbers of a type that is not read as what was asked for.
        case type(SafetensorsType, wanted: String)
    }

    /// Position in the file, bytes from its start.
    public let offset: Int

    /// What is wrong there.
    public let reason: Reason

    package init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }
}
