/// The cuts of Falcon, and of files that name no pre-tokenizer: punctuation first, then as GPT-2, then digits.
enum FalconSplitters {
    /// ``[\p{P}\$\+<=>\^~\|`]+``, GPT-2's, `[0-9][0-9][0-9]`
    static let falcon = SplitterChain([
        RunSplitter { scalar, kind in kind == .punctuation || "$+<=>^~|`".unicodeScalars.contains(scalar) },
        GPT2Splitter(),
        RunSplitter.threeASCIIDigits,
    ])

    /// `[\p{P}\$\+<=>\^~\|]+`, GPT-2's, `\p{N}+`, `[0-9][0-9][0-9]`; what llama.cpp calls `default`.
    static let unnamed = SplitterChain([
        RunSplitter { scalar, kind in kind == .punctuation || "$+<=>^~|".unicodeScalars.contains(scalar) },
        GPT2Splitter(),
        RunSplitter.digits(most: .max),
        RunSplitter.threeASCIIDigits,
    ])
}
