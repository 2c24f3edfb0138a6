/// A text as a pre-tokenizer reads it: characters in a row, with their classes and where each begins.
package struct ScalarRow: Sendable {
    private(set) var scalars: [Unicode.Scalar] = []
    private(set) var classes: [ScalarClass] = []
    /// Byte offset of each character, and of the end.
    private(set) var starts: [Int] = []

    /// A row of the characters of `bytes`, which are UTF-8; offsets are those of the slice.
    init(_ bytes: ArraySlice<UInt8>) {
        scalars.reserveCapacity(bytes.count)
        var offset = bytes.startIndex
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            scalars.append(scalar)
            classes.append(ScalarClass(scalar))
            starts.append(offset)
            offset += UTF8.width(scalar)
        }
        starts.append(offset)
    }

    var count: Int { scalars.count }

    /// The character at `position`; nil behind the end.
    func scalar(_ position: Int) -> Unicode.Scalar? {
        position < count ? scalars[position] : nil
    }

    /// The class at `position`; nil behind the end.
    func scalarClass(_ position: Int) -> ScalarClass? {
        position < count ? classes[position] : nil
    }

    /// The end of a run of `wanted` from `start`, at most `most` characters; `start` where there is none.
    func end(of wanted: ScalarClass, from start: Int, most: Int = .max) -> Int {
        var end = start
        while end < count, classes[end] == wanted, end - start < most { end += 1 }
        return end
    }

    /// The end of a run of `\s` from `start`.
    func spaceEnd(from start: Int) -> Int {
        var end = start
        while end < count, classes[end].isSpace { end += 1 }
        return end
    }

    /// `\s+(?!\S)|\s+`: the run of spaces, without its last when a word follows and more than one is there.
    func blankEnd(from start: Int) -> Int {
        let end = spaceEnd(from: start)
        return end == count || end - start < 2 ? end : end - 1
    }
}
