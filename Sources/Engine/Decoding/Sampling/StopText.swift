/// One text that ends an answer, and how much of it stands at the end of the bytes seen so far.
///
/// Knuth, Morris and Pratt 1977: each byte is looked at once, and a mismatch falls back to the longest shorter part that
/// still fits, so the cost of a byte is constant on average.
struct StopText: Sendable {
    let text: String
    private let bytes: [UInt8]

    /// For each prefix, the length of its longest proper prefix that is also its suffix.
    private let fallback: [Int]

    /// Bytes of the text that the end of what was seen matches.
    private(set) var matched = 0

    /// Watches for a text that is not empty.
    init(_ text: String) {
        self.text = text
        let bytes = Array(text.utf8)
        var fallback = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for index in bytes.indices.dropFirst() {
            while length > 0, bytes[index] != bytes[length] {
                length = fallback[length - 1]
            }
            if bytes[index] == bytes[length] {
                length += 1
            }
            fallback[index] = length
        }
        self.bytes = bytes
        self.fallback = fallback
    }

    /// Bytes of the text.
    var length: Int { bytes.count }

    /// Whether the whole text was just seen.
    var isComplete: Bool { matched == bytes.count }

    /// Looks at the next byte. Not to be called once the text is complete.
    mutating func advance(_ byte: UInt8) {
        while matched > 0, bytes[matched] != byte {
            matched = fallback[matched - 1]
        }
        if bytes[matched] == byte {
            matched += 1
        }
    }
}
