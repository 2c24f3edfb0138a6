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

    private struct Branch {
        var children: [UInt8: Int] = [:]
        /// The mark that ends here.
        var id: Int?
    }

    /// The tree; the root is first.
    private var branches = [Branch()]

    /// Most bytes of all marks together. The tree takes about a hundred times the memory, and models have a few
    /// thousand bytes of them.
    static let mostBytes = 1 << 20

    /// Marks with their ids; an empty mark is never found. Throws `TokenizerRefusal` for more than `mostBytes`.
    init(marks: [(bytes: ArraySlice<UInt8>, id: Int)]) throws(TokenizerRefusal) {
        let found = marks.reduce(0) { $0 + $1.bytes.count }
        guard found <= Self.mostBytes else { throw .marks(found: found, most: Self.mostBytes) }
        for mark in marks where !mark.bytes.isEmpty {
            var place = 0
            for byte in mark.bytes {
                if let child = branches[place].children[byte] {
                    place = child
                } else {
                    branches[place].children[byte] = branches.count
                    place = branches.count
                    branches.append(Branch())
                }
            }
            branches[place].id = mark.id
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
        var found: (id: Int, end: Int)?
        var place = 0
        var position = start
        while position < text.count, let child = branches[place].children[text[position]] {
            place = child
            position += 1
            if let id = branches[place].id { found = (id, position) }
        }
        return found
    }
}
