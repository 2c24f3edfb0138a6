import ArgumentParser

/// What `--max-tokens` may be, in every command that has it.
enum TokenLimit {
    private static let range = 1...1_000_000

    static func check(_ tokens: Int?) throws {
        guard let tokens, !range.contains(tokens) else { return }
        throw ValidationError("--max-tokens is \(tokens); it goes from \(range.lowerBound) to \(range.upperBound).")
    }
}
