/// The two ways in which the reference harness finds the answer to a GSM8K question.
///
/// Source: EleutherAI lm-evaluation-harness, task `gsm8k` version 3. Both are always reported: a model that reasons well
/// but does not write `####` fails the first and passes the second.
protocol HarnessMatch: Sendable {
    /// The answer as the harness would extract it; nil where it would say `[invalid]`.
    func extract(from text: String) -> String?
}

/// The first match of `#### (\-?[0-9\.\,]+)`.
struct StrictMatch: HarnessMatch {
    func extract(from text: String) -> String? {
        let bytes = Array(text.utf8)
        let mark = Array("#### ".utf8)
        guard bytes.count > mark.count else { return nil }
        for start in 0..<(bytes.count - mark.count) where bytes[start..<start + mark.count].elementsEqual(mark) {
            var end = start + mark.count
            if bytes[end] == UInt8(ascii: "-") { end += 1 }
            let digits = end
            while end < bytes.count, bytes[end].isDigit || bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ",") {
                end += 1
            }
            if end > digits { return String(decoding: bytes[(start + mark.count)..<end], as: UTF8.self) }
        }
        return nil
    }
}

/// The last match of `(-?[$0-9.,]{2,})|(-?[0-9]+)`.
struct FlexibleMatch: HarnessMatch {
    func extract(from text: String) -> String? {
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
        while end < bytes.count, bytes[end].isDigit || [0x24, 0x2E, 0x2C].contains(bytes[end]) { end += 1 }
        if end - body >= 2 { return start..<end }
        if end - body == 1, bytes[body].isDigit { return start..<end }
        return nil
    }
}

/// When the harness calls two answers equal: exactly, after `,`, `$`, everything up to `#### ` and a final `.` are gone.
enum HarnessEquality {
    static func areEqual(_ answer: String, _ gold: String) -> Bool { normalised(answer) == normalised(gold) }

    private static func normalised(_ text: String) -> String {
        var rest = text[...]
        if let mark = text.ranges(of: "#### ").last { rest = text[mark.upperBound...] }
        var kept = rest.filter { $0 != "," && $0 != "$" }
        if kept.hasSuffix(".") { kept.removeLast() }
        return kept.lowercased()
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
