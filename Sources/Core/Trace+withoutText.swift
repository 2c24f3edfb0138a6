extension Trace {
    /// The same record without a word of what was asked or answered. Servers repeat prompts in what they say of failures,
    /// so of those there are our own words alone.
    public var withoutText: Trace {
        var copy = self
        copy.text = nil
        for index in copy.attempts.indices {
            copy.attempts[index].answer = nil
            copy.attempts[index].fault = attempts[index].fault?.inOwnWords
        }
        for index in copy.verdict?.ballots.indices ?? 0..<0 { copy.verdict?.ballots[index].answer = "" }
        if let note = verdict?.note { copy.verdict?.note = note.inOwnWords }
        copy.recruitment = recruitment.inOwnWords
        copy.notes = notes.map(\.inOwnWords)
        return copy
    }
}

extension Recruitment {
    /// The same with our own words alone where an expert was set aside because its server failed: what the server said
    /// then was said to somebody else's question.
    package var inOwnWords: Recruitment {
        guard !excluded.isEmpty else { return self }
        var copy = self
        for index in copy.excluded.indices { copy.excluded[index].because = excluded[index].because.inOwnWords }
        return copy
    }
}

extension Fault {
    /// The same without what a server said.
    package var inOwnWords: Fault {
        var copy = self
        copy.found = found.inOwnWords
        switch code {
        // Whatever else stands in quotes there is a server's.
        case .expertLimited, .expertRefused, .expertFailed, .expertGarbled, .expertResting:
            copy.found = copy.found.beforeQuotes
        default: break
        }
        copy.causes = causes.map(\.inOwnWords)
        return copy
    }
}
