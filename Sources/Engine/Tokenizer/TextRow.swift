/// Many texts, their bytes one after the other in one array: no memory of its own for each.
struct TextRow: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Text `i` has the bytes `ends[i - 1]..<ends[i]`, the first from 0.
    private var ends: [Int] = []

    /// Room for `count` texts.
    init(count: Int) {
        ends.reserveCapacity(count)
        // Tokens have six to seven bytes on average.
        bytes.reserveCapacity(count * 8)
    }

    var count: Int { ends.count }

    /// Adds what `write` appends to the bytes as a text.
    mutating func append(_ write: (inout [UInt8]) throws(TokenizerRefusal) -> Void) throws(TokenizerRefusal) {
        try write(&bytes)
        ends.append(bytes.count)
    }

    /// Where text `index`, one of the row, lies in `bytes`.
    func range(of index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// The bytes of text `index`, one of the row.
    subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(of: index)] }
}
