/// Cuts as Qwen 2 does, each digit by itself; the pre-tokenizer `qwen2`.
///
/// The regex it implements (`PrefixedWords` has it in words of code):
/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
package struct Qwen2Splitter: StepSplitter {
    package init() {}

    package func pieceEnd(in row: ScalarRow, from start: Int) -> Int {
        row.prefixedWordEnd(from: start, mostDigits: 1)
    }
}
