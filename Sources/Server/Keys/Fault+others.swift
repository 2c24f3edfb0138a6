import Core

extension Fault {
    /// The same as whoever asks now may read it: why an expert rests was said by its server to somebody else's question.
    var withoutOthersWords: Fault {
        var copy = self
        if code == .expertResting { copy.found = found.inOwnWords }
        copy.causes = causes.map(\.withoutOthersWords)
        return copy
    }
}
