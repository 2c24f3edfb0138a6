/// The cuts of the DeepSeek models before the third: five or six patterns, one inside the pieces of the other.
///
/// The pre-tokenizers `deepseek-llm` (V1, V2), `deepseek-coder` and `deepseek-v3`. The patterns are those of their
/// `tokenizer.json`, as llama.cpp has them.
enum DeepSeekSplitters {
    /// `[\r\n]`, `\s?[A-Za-z…]+`, `\s?[!-/:-~！-／：-～‘-‟　-。]+`, `\s+$`, `[一-龥ࠀ-一가-퟿]+`, `\p{N}+`
    static let chat = SplitterChain([
        lineBreaks,
        RunSplitter(leadingSpace: .taken) { scalar, _ in contains(casedLetters, scalar) },
        RunSplitter(leadingSpace: .taken) { scalar, _ in contains(signs, scalar) },
        TrailingSpaceSplitter(),
        otherScripts,
        RunSplitter.digits(most: .max),
    ])

    /// `[\r\n]`, `\s?\p{L}+`, `\s?\p{P}+`, `[一-龥ࠀ-一가-퟿]+`, `\p{N}`
    static let coder = SplitterChain([
        lineBreaks,
        RunSplitter(leadingSpace: .taken) { $1 == .letter },
        RunSplitter(leadingSpace: .taken) { $1 == .punctuation },
        otherScripts,
        RunSplitter.digits(most: 1),
    ])

    /// `\p{N}{1,3}`, `[一-龥぀-ゟ゠-ヿ]+`, and `DeepSeek3WordSplitter`.
    static let third = SplitterChain([
        RunSplitter.digits(most: 3),
        RunSplitter { scalar, _ in contains([0x3040...0x30FF, 0x4E00...0x9FA5], scalar) },
        DeepSeek3WordSplitter(),
    ])

    private static let lineBreaks = LineBreakSplitter()

    /// `[一-龥ࠀ-一가-퟿]+`
    private static let otherScripts = RunSplitter { scalar, _ in
        contains([0x0800...0x9FA5, 0xAC00...0xD7FF], scalar)
    }

    private static func contains(_ ranges: [ClosedRange<UInt32>], _ scalar: Unicode.Scalar) -> Bool {
        // The first range that does not end before the character.
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(scalar.value)
    }

    /// The signs of ASCII and, as the pattern has `:-~` in one, its letters; their wide forms; quotes and `、。`.
    private static let signs: [ClosedRange<UInt32>] = [
        0x21...0x2F, 0x3A...0x7E, 0x2018...0x201F, 0x3000...0x3002, 0xFF01...0xFF0F, 0xFF1A...0xFF5E,
    ]

    /// Letters of scripts with two cases, as they stand in the file.
    private static let casedLetters: [ClosedRange<UInt32>] = [
        0x0041...0x005A, 0x0061...0x007A, 0x00B5...0x00B5, 0x00C0...0x00D6, 0x00D8...0x00F6, 0x00F8...0x01BA,
        0x01BC...0x01BF, 0x01C4...0x0293, 0x0295...0x02AF, 0x0370...0x0373, 0x0376...0x0377, 0x037B...0x037D,
        0x037F...0x037F, 0x0386...0x0386, 0x0388...0x038A, 0x038C...0x038C, 0x038E...0x03A1, 0x03A3...0x03F5,
        0x03F7...0x0481, 0x048A...0x052F, 0x0531...0x0556, 0x10A0...0x10C5, 0x13A0...0x13F5, 0x13F8...0x13FD,
        0x1C90...0x1CBA, 0x1CBD...0x1CBF, 0x1D00...0x1D2B, 0x1D6B...0x1D77, 0x1D79...0x1D9A, 0x1E00...0x1F15,
        0x1F18...0x1F1D, 0x1F20...0x1F45, 0x1F48...0x1F4D, 0x1F50...0x1F57, 0x1F59...0x1F59, 0x1F5B...0x1F5B,
        0x1F5D...0x1F5D, 0x1F5F...0x1F7D, 0x1F80...0x1FB4, 0x1FB6...0x1FBC, 0x1FBE...0x1FBE, 0x1FC2...0x1FC4,
        0x1FC6...0x1FCC, 0x1FD0...0x1FD3, 0x1FD6...0x1FDB, 0x1FE0...0x1FEC, 0x1FF2...0x1FF4, 0x1FF6...0x1FFC,
        0x2102...0x2102, 0x2107...0x2107, 0x210A...0x2113, 0x2115...0x2115, 0x2119...0x211D, 0x2124...0x2124,
        0x2126...0x2126, 0x2128...0x2128, 0x212A...0x212D, 0x212F...0x2134, 0x2139...0x2139, 0x213C...0x213F,
        0x2145...0x2149, 0x214E...0x214E, 0x2183...0x2184, 0x2C00...0x2C7B, 0x2C7E...0x2CE4, 0x2CEB...0x2CEE,
        0x2CF2...0x2CF3, 0xA640...0xA66D, 0xA680...0xA69B, 0xA722...0xA76F, 0xA771...0xA787, 0xA78B...0xA78E,
        0xAB70...0xABBF, 0xFB00...0xFB06, 0xFB13...0xFB17, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0x10400...0x1044F,
        0x104B0...0x104D3, 0x104D8...0x104FB, 0x10C80...0x10CB2, 0x10CC0...0x10CF2, 0x118A0...0x118DF,
        0x1E900...0x1E943,
    ]
}
