/// Finds a text of a row by its bytes: a hash table with linear probing that holds numbers of texts only.
///
/// Half of the places stay free. The hash is that of the standard library, seeded anew by every process, so a file
/// cannot be made to put its texts into one place.
struct TextIndex: Sendable {
    /// Number of the text at each place, a power of two of them; `free` where none is.
    private var places: [Int32]

    private static let free: Int32 = -1

    /// Room for `count` texts.
    init(count: Int) {
        var size = 16
        while size < 2 * count { size *= 2 }
        places = Array(repeating: Self.free, count: size)
    }

    /// Puts text `index` of `row` in, in place of one with the same bytes.
    mutating func insert(_ index: Int, of row: TextRow) {
        places[place(of: row[index], in: row)] = Int32(index)
    }

    /// The text of `row` that has these bytes.
    func find(_ text: ArraySlice<UInt8>, in row: TextRow) -> Int32? {
        let found = places[place(of: text, in: row)]
        return found == Self.free ? nil : found
    }

    /// Where `text` is, or would be put.
    private func place(of text: ArraySlice<UInt8>, in row: TextRow) -> Int {
        text.withUnsafeBytes { sought in
            row.bytes.withUnsafeBytes { all in
                var hasher = Hasher()
                hasher.combine(bytes: sought)
                var place = hasher.finalize() & (places.count - 1)
                while places[place] != Self.free {
                    let range = row.range(of: Int(places[place]))
                    let isSame =
                        range.count == sought.count
                        && sought.indices.allSatisfy { sought[$0] == all[range.lowerBound + $0] }
                    if isSame { break }
                    place = (place + 1) & (places.count - 1)
                }
                return place
            }
        }
    }
}
