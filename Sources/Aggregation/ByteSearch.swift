/// Finds a phrase from the end of a text, byte by byte: what experts write is long, and what is looked for is rare in it.
enum ByteSearch {
    /// The offset behind the last place of a phrase; nil if it is nowhere.
    static func endOfLast(_ phrase: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let wanted = UnsafeBufferPointer(start: phrase.utf8Start, count: phrase.utf8CodeUnitCount)
        guard let last = wanted.last else { return nil }
        var end = bytes.count
        while end >= wanted.count {
            if bytes[end - 1] == last, bytes[(end - wanted.count)..<end].elementsEqual(wanted) { return end }
            end -= 1
        }
        return nil
    }
}
