/// The two ways in which the reference harness finds the answer to a GSM8K question.
///
/// Source: EleutherAI lm-evaluation-harness, task `gsm8k` version 3. Both are always reported: a model that reasons well
/// but does not write `####` fails the first and passes the second.
protocol HarnessMatch: Sendable {
    /// The answer as the harness would extract it; nil where it would say `[invalid]`.
    func extract(from text: String) -> String?
}

/// The first match of `#### (\-?[0-9\.\,]+)`.
package struct StrictMatch: HarnessMatch {
    package init() {}

    package func extract(from text: String) -> String? {
        let bytes = Array(text.utf8)
        var start = 0
        while let mark = bytes[start...].endOfFirstMark {
            var end = mark
            if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
            let digits = end
            while end < bytes.count, bytes[end].isDigit || bytes[end].isSeparator { end += 1 }
            if end > digits { return String(decoding: bytes[mark..<end], as: UTF8.self) }
            start = mark
        }
        return nil
    }
}

/// The last match of `(-?[$0-9.,]{2,})|(-?[0-9]+)`.
package struct FlexibleMatch: HarnessMatch {
    package init() {}

    package func extract(from text: String) -> String? {
        let bytes = Array(text.utf8)
        var at = 0
        var last: Range<Int>?
        while at < bytes.count {
            guard let match = match(in: bytes, at: at) else {
                at += 1
                continue
            }
            last = match
            at = match.upperBound
        }
        return last.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The first alternative if it matches here, else the second, as a regular expression would.
    private func match(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        let body = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
        var end = body
        while end < bytes.count, bytes[end].isDigit || bytes[end].isSeparator || bytes[end].isDollar { end += 1 }
        if end - body >= 2 { return start..<end }
        if end - body == 1, bytes[body].isDigit { return start..<end }
        return nil
    }
}

/// When the harness calls two answers equal: exactly and without case, after `,` and `$`, then everything up to the last
/// `#### `, then a final `.` are gone (`regexes_to_ignore`, in this order).
package enum HarnessEquality {
    package static func areEqual(_ answer: String, _ gold: String) -> Bool { normalised(answer) == normalised(gold) }

    /// What is compared.
    package static func normalised(_ text: String) -> String {
        var kept = text.utf8.filter { $0 != UInt8(ascii: ",") && !$0.isDollar }[...]
        while let mark = kept.endOfFirstMark { kept = kept[mark...] }
        // `\.$` also matches before a line end that is the last byte of the text.
        let isLine = kept.last == UInt8(ascii: "\n")
        let point = kept.endIndex - (isLine ? 2 : 1)
        if point >= kept.startIndex, kept[point] == UInt8(ascii: ".") { kept.remove(at: point) }
        return String(decoding: kept, as: UTF8.self).lowercased()
    }
}

extension ArraySlice<UInt8> {
    /// The index after the first `#### `; nil if there is none.
    fileprivate var endOfFirstMark: Int? {
        let mark = Array("#### ".utf8)
        guard count >= mark.count else { return nil }
        for start in startIndex...(endIndex - mark.count) where self[start..<start + mark.count].elementsEqual(mark) {
            return start + mark.count
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isSeparator: Bool { self == UInt8(ascii: ".") || self == UInt8(ascii: ",") }
    fileprivate var isDollar: Bool { self == UInt8(ascii: "$") }
}
