import Foundation

/// The words and marks of a text in order, as encoders of the BERT family see them before words are cut into pieces:
/// control characters are left out, letters made plain, marks and Chinese characters stand alone.
///
/// A text is read word by word, so that whoever needs only its beginning pays only for that.
struct BasicWords {
    enum Word: Equatable {
        /// The UTF-8 of a word or mark, not empty.
        case word([UInt8])
        /// A special token, by its place among the names.
        case special(Int)
    }

    private let settings: WordPieceSettings
    private let special: [String]
    private var text: String.UnicodeScalarView.SubSequence
    /// Read and not yet handed out, the last first.
    private var waiting: [Word] = []

    init(_ text: String, settings: WordPieceSettings, special: [String]) {
        self.settings = settings
        self.special = special
        self.text = text.unicodeScalars[...]
    }

    /// The next word; nil at the end.
    mutating func next() -> Word? {
        while waiting.isEmpty, !text.isEmpty { readStretch() }
        return waiting.popLast()
    }

    /// Reads up to the next blank, special token or Chinese character.
    private mutating func readStretch() {
        var stretch: [UInt8] = []
        var last: Word?
        var ideograph: [UInt8] = []
        while let scalar = text.first, last == nil, ideograph.isEmpty {
            if scalar == "[", let found = special.firstIndex(where: { text.starts(with: $0.unicodeScalars) }) {
                text = text.dropFirst(special[found].unicodeScalars.count)
                last = .special(found)
                continue
            }
            text = text.dropFirst()
            if scalar.isLeftOut { continue }
            if scalar.properties.isWhitespace { break }
            if settings.splitsIdeographs, scalar.isIdeograph {
                ideograph = Array(UTF8.encode(scalar) ?? .init())
            } else {
                UTF8.encode(scalar).map { stretch.append(contentsOf: $0) }
            }
        }
        var words = words(of: stretch) + words(of: ideograph)
        if let last { words.append(last) }
        waiting = words.reversed()
    }

    /// Words between marks, and the marks, with the letters as the vocabulary has them.
    private func words(of stretch: [UInt8]) -> [Word] {
        var words: [Word] = []
        var letters: [UInt8] = []
        func append(_ scalar: Unicode.Scalar) {
            let bytes = UTF8.encode(scalar) ?? .init()
            guard scalar.isMark else {
                letters.append(contentsOf: bytes)
                return
            }
            if !letters.isEmpty { words.append(.word(letters)) }
            letters = []
            words.append(.word(Array(bytes)))
        }
        let losesAccents = settings.letters == .plain || settings.letters == .withoutAccents
        let becomesSmall = settings.letters == .plain || settings.letters == .small
        for scalar in String(decoding: stretch, as: UTF8.self).unicodeScalars {
            for part in losesAccents ? scalar.apart : [scalar] {
                if losesAccents, part.isAccent { continue }
                if becomesSmall {
                    for small in part.properties.lowercaseMapping.unicodeScalars { append(small) }
                } else {
                    append(part)
                }
            }
        }
        if !letters.isEmpty { words.append(.word(letters)) }
        return words
    }
}

extension Unicode.Scalar {
    /// Letter and accents apart (NFD). Character by character: to bring many accents into their order takes time that
    /// grows with the square of their number, and accents are left out.
    fileprivate var apart: [Unicode.Scalar] {
        isASCII ? [self] : Array(String(self).decomposedStringWithCanonicalMapping.unicodeScalars)
    }

    fileprivate var isAccent: Bool {
        !isASCII && properties.generalCategory == .nonspacingMark && isKnownToTheFamily
    }

    /// The family's tokenizers know the characters of Unicode 8; newer accents, marks and format characters are letters
    /// to them, and must be so here for the same tokens.
    fileprivate var isKnownToTheFamily: Bool { properties.age.map { $0.major <= 8 } ?? false }

    /// Control and format characters, those of private use, and the sign for what could not be read. Tabs and line
    /// breaks are blanks.
    fileprivate var isLeftOut: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E: return false
        case 0xFFFD: return true
        default: break
        }
        switch properties.generalCategory {
        case .control, .privateUse: return true
        case .format: return isKnownToTheFamily
        default: return false
        }
    }

    /// The blocks that the family's tokenizers count as Chinese characters.
    fileprivate var isIdeograph: Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// Marks that stand alone: what Unicode calls punctuation, and every sign of ASCII.
    fileprivate var isMark: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        case 0..<0x80: return false
        default: break
        }
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return isKnownToTheFamily
        default: return false
        }
    }
}
