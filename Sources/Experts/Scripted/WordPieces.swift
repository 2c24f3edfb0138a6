extension String {
    /// The words, each with the space before it, so that joining them gives the text again; the tokens of scripted
    /// experts.
    var wordPieces: [String] {
        var pieces: [String] = []
        var piece = ""
        var holdsWord = false
        for character in self {
            if character.isWhitespace, holdsWord {
                pieces.append(piece)
                (piece, holdsWord) = ("", false)
            }
            piece.append(character)
            if !character.isWhitespace { holdsWord = true }
        }
        if holdsWord || pieces.isEmpty {
            if !piece.isEmpty { pieces.append(piece) }
        } else {
            pieces[pieces.count - 1] += piece
        }
        return pieces
    }
}
