/// Cuts as Llama 3 does, digits by threes; the pre-tokenizers `llama-bpe` and `dbrx`.
///
/// The regex it implements (`PrefixedWords` has it in words of code):
/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
package struct Llama3Splitter: StepSplitter {
    package init() {}

    package func pieceEnd(in row: ScalarRow, from start: Int) -> Int {
        row.prefixedWordEnd(from: start, mostDigits: 3)
    }
}
