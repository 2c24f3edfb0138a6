/// Finds the tokens that are cut out of a text before anything else is done with it, such as `<|im_end|>`.
///
/// From the left, the longest that fits; what is found is not looked into again. A tree over the bytes of all marks
/// finds one in at most as many steps as the longest mark has bytes, so the time is linear in the text.
struct MarkedText: Sendable {
    /// A stretch of the text: one mark's id, or bytes between marks.
    enum Stretch: Equatable {
        case mark(id: Int)
        case text(Range<Int>)
    }

    /// Child by branch, from bit 8 on, and byte. The root is branch 0.
    private var children: [Int: Int32] = [:]
    /// The mark that ends at each branch, `none` where none does.
    private var ids: [Int32] = [none]
    /// Whether a mark begins with each byte, 256 of them.
    private var begins = [Bool](repeating: false, count: 256)

    private static let none: Int32 = -1

    /// Most bytes of all marks together. The tree takes about forty times the memory, and models have a few ten
    /// thousand bytes of them.
    static let mostBytes = 1 << 20

    /// Marks with their ids; an empty mark is never found. Throws `TokenizerRefusal` for more than `mostBytes`.
    init(marks: [(bytes: ArraySlice<UInt8>, id: Int)]) throws(TokenizerRefusal) {
        let found = marks.reduce(0) { $0 + $1.bytes.count }
        guard found <= Self.mostBytes else { throw .marks(found: found, most: Self.mostBytes) }
        children.reserveCapacity(found)
        for mark in marks {
            guard let first = mark.bytes.first else { continue }
            begins[Int(first)] = true
            var branch = 0
            for byte in mark.bytes {
                let path = branch << 8 | Int(byte)
                if let child = children[path] {
                    branch = Int(child)
                } else {
                    branch = ids.count
                    children[path] = Int32(branch)
                    ids.append(Self.none)
                }
            }
            ids[branch] = Int32(mark.id)
        }
    }

    /// The stretches of `text`, in order, none of them empty.
    func stretches(of text: [UInt8]) -> [Stretch] {
        var result: [Stretch] = []
        var textStart = 0
        var position = 0
        while position < text.count {
            guard let (id, end) = mark(in: text, at: position) else {
                position += 1
                continue
            }
            if textStart < position { result.append(.text(textStart..<position)) }
            result.append(.mark(id: id))
            position = end
            textStart = end
        }
        if textStart < text.count { result.append(.text(textStart..<text.count)) }
        return result
    }

    private func mark(in text: [UInt8], at start: Int) -> (id: Int, end: Int)? {
        guard begins[Int(text[start])] else { return nil }
        var found: (id: Int, end: Int)?
        var branch = 0
        var position = start
        while position < text.count, let child = children[branch << 8 | Int(text[position])] {
            branch = Int(child)
            position += 1
            if ids[branch] != Self.none { found = (Int(ids[branch]), position) }
        }
        return found
    }
}
