/// A text as a pre-tokenizer reads it: characters in a row, with their classes and where each begins.
package struct ScalarRow: Sendable {
    private(set) var scalars: [Unicode.Scalar] = []
    private(set) var classes: [ScalarClass] = []
    /// Byte offset of each character, and of the end.
    private(set) var starts: [Int] = []
    /// Where the row ends for who looks ahead: the number of characters, or fewer in a piece that is cut further.
    private(set) var limit = 0

    /// A row of the characters of `bytes`, which are UTF-8; offsets are those of the slice.
    init(_ bytes: ArraySlice<UInt8>) {
        scalars.reserveCapacity(bytes.count)
        classes.reserveCapacity(bytes.count)
        starts.reserveCapacity(bytes.count + 1)
        var offset = bytes.startIndex
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            scalars.append(scalar)
            classes.append(ScalarClass(scalar))
            starts.append(offset)
            offset += UTF8.width(scalar)
        }
        starts.append(offset)
        limit = scalars.count
    }

    /// The row as it looks from inside a piece that ends at `limit`.
    func limited(to limit: Int) -> ScalarRow {
        precondition(limit <= scalars.count, "a piece ends in the row")
        var piece = self
        piece.limit = limit
        return piece
    }

    /// The character at `position`; nil behind the end.
    func scalar(_ position: Int) -> Unicode.Scalar? {
        position < limit ? scalars[position] : nil
    }

    /// The class at `position`; nil behind the end.
    func scalarClass(_ position: Int) -> ScalarClass? {
        position < limit ? classes[position] : nil
    }

    /// The end of a run of characters that are `wanted`, at most `most` of them; `start` where there is none.
    @inline(__always)
    func end(from start: Int, most: Int = .max, _ wanted: (Unicode.Scalar, ScalarClass) -> Bool) -> Int {
        var end = start
        while end < limit, end - start < most, wanted(scalars[end], classes[end]) { end += 1 }
        return end
    }

    /// The end of a run of `wanted` from `start`, at most `most` characters; `start` where there is none.
    func end(of wanted: ScalarClass, from start: Int, most: Int = .max) -> Int {
        end(from: start, most: most) { $1 == wanted }
    }

    /// `[^\s\p{L}\p{N}]*`
    func signEnd(from start: Int) -> Int {
        end(from: start) { $1.isSign }
    }

    /// `\s+(?!\S)|\s+`: the run of spaces, without its last when a word follows and more than one is there.
    func blankEnd(from start: Int) -> Int {
        let end = end(from: start) { $1.isSpace }
        return end == limit || end - start < 2 ? end : end - 1
    }

    /// `\s*[\r\n]+`: a run of spaces up to its last line break; nil for a run without one.
    func lastLineBreakEnd(from start: Int) -> Int? {
        var position = end(from: start) { $1.isSpace }
        while position > start {
            if classes[position - 1] == .lineBreak { return position }
            position -= 1
        }
        return nil
    }
}
