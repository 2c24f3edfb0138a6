/// The cut that the pre-tokenizers of Llama 3 and Qwen 2 share; they differ in how many digits stay together.
///
/// The regex, where `n` is the number of digits; the first alternative that matches counts:
/// `'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,n}|`
/// `` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+``
///
/// Their files write `(?i:'s|…)`. As llama.cpp we take it for the ASCII letters, without the long s (U+017F).
extension ScalarRow {
    /// Where the piece from `start` ends, with at most `mostDigits` digits in it.
    func prefixedWordEnd(from start: Int, mostDigits: Int) -> Int {
        if let end = contractionEnd(from: start) { return end }
        switch classes[start] {
        case .letter: return end(of: .letter, from: start)
        case .number: return end(of: .number, from: start, most: mostDigits)
        case .lineBreak: break
        default: if scalarClass(start + 1) == .letter { return end(of: .letter, from: start + 1) }
        }
        let first = scalars[start] == " " ? start + 1 : start
        if scalarClass(first)?.isSign == true { return end(of: .lineBreak, from: signEnd(from: first)) }
        return lastLineBreakEnd(from: start) ?? blankEnd(from: start)
    }

    /// `'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]`
    func contractionEnd(from start: Int) -> Int? {
        guard scalar(start) == "'" else { return nil }
        switch (scalar(start + 1), scalar(start + 2)) {
        case ("s", _), ("S", _), ("t", _), ("T", _), ("m", _), ("M", _), ("d", _), ("D", _): return start + 2
        case ("r", "e"), ("r", "E"), ("R", "e"), ("R", "E"): return start + 3
        case ("v", "e"), ("v", "E"), ("V", "e"), ("V", "E"): return start + 3
        case ("l", "l"), ("l", "L"), ("L", "l"), ("L", "L"): return start + 3
        default: return nil
        }
    }
}
