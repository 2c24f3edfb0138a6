/// Says why a file cannot be used as a GGUF model, and at which byte that was seen.
public struct GGUFRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// A piece of the file that a refusal speaks of.
    public enum Piece: String, Sendable {
        case key, tensor, text, array
    }

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
        /// A name or text longer than we accept, bytes; or an array, elements.
        case tooLong(Piece, found: UInt64, most: UInt64)
        /// A name or text that is not UTF-8.
        case notText(Piece)
        /// A metadata value of a type that the format does not have.
        case unknownValueType(UInt32)
        /// A truth value that is neither 0 nor 1.
        case notTruthValue(UInt8)
        /// Arrays inside one another, more of them than we accept.
        case arraysTooDeep(most: Int)
        /// A name given twice.
        case duplicate(Piece, name: String)
        /// A name that the model needs and the file lacks.
        case missing(Piece, name: String)
        /// A metadata value that is not what its key calls for; both texts are words for it.
        case wrongValue(key: String, found: String, expected: String)
        /// Not the first file of a split model, or not called as one; `ending` is how the first one's name ends.
        case notFirstPart(index: Int, count: Int, ending: String)
        /// Another file of a split model, by name, and what is wrong with it.
        indirect case part(String, GGUFRefusal)
        /// A tensor that cannot be used.
        case tensor(name: String, TensorFlaw)
    }

    /// What is wrong with a tensor.
    public enum TensorFlaw: Equatable, Sendable {
        /// More dimensions than we accept.
        case dimensions(found: UInt32, most: UInt32)
        /// A dimension of no elements, or more elements than can be counted.
        case shape([UInt64])
        /// A type code that we cannot read.
        case type(UInt32)
        /// Rows that are not whole blocks; both in elements.
        case unevenRows(length: Int, block: Int)
        /// A start that is no multiple of the file's alignment, bytes.
        case misaligned(start: UInt64, alignment: UInt64)
        /// A tensor that ends behind the file; both in bytes. The end is nil when 64 bits cannot hold it.
        case outside(end: UInt64?, fileSize: UInt64)
        /// Bytes shared with another tensor.
        case overlap(with: String)
        /// Rows asked for that the tensor does not have.
        case rows(asked: Range<Int>, count: Int)
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
}
