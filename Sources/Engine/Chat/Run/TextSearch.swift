/// Finds one text in another in linear time, whatever the two hold (Knuth, Morris and Pratt, 1977).
struct TextSearch {
    private let pattern: [UInt8]
    /// For each length of a match, the next shorter one that it ends with.
    private let shorter: [Int]

    init(_ pattern: String) { self.init(bytes: Array(pattern.utf8)) }

    private init(bytes: [UInt8]) {
        pattern = bytes
        var shorter = [Int](repeating: 0, count: self.pattern.count + 1)
        var length = 0
        for place in self.pattern.indices.dropFirst() {
            while length > 0, self.pattern[place] != self.pattern[length] { length = shorter[length] }
            if self.pattern[place] == self.pattern[length] { length += 1 }
            shorter[place + 1] = length
        }
        self.shorter = shorter
    }

    /// Where the pattern begins in `bytes`, from the left, without overlaps; at most `most` of them.
    ///
    /// The empty pattern is found nowhere; callers say what it means to them.
    func places(in bytes: [UInt8], most: Int = .max) -> [Int] {
        guard !pattern.isEmpty, most > 0 else { return [] }
        var result: [Int] = []
        var length = 0
        for place in bytes.indices {
            while length > 0, bytes[place] != pattern[length] { length = shorter[length] }
            if bytes[place] == pattern[length] { length += 1 }
            if length == pattern.count {
                result.append(place + 1 - length)
                if result.count == most { break }
                length = 0
            }
        }
        return result
    }

    /// The stretches of `text` between at most `most` places of the pattern.
    func pieces(of text: String, most: Int = .max) -> [String] {
        let bytes = Array(text.utf8)
        var result: [String] = []
        var start = 0
        for place in places(in: bytes, most: most) {
            result.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + pattern.count
        }
        result.append(String(decoding: bytes[start...], as: UTF8.self))
        return result
    }

    /// The stretches of `text` between at most `most` places of the pattern, looked for from the end.
    func piecesFromEnd(of text: String, most: Int = .max) -> [String] {
        let bytes = Array(text.utf8)
        let turned = TextSearch(bytes: pattern.reversed())
        var result: [String] = []
        var end = bytes.count
        for place in turned.places(in: bytes.reversed(), most: most) {
            result.append(String(decoding: bytes[(bytes.count - place)..<end], as: UTF8.self))
            end = bytes.count - place - pattern.count
        }
        result.append(String(decoding: bytes[..<end], as: UTF8.self))
        return result.reversed()
    }

    static func contains(_ pattern: String, in text: String) -> Bool {
        pattern.isEmpty || !TextSearch(pattern).places(in: Array(text.utf8), most: 1).isEmpty
    }
}
