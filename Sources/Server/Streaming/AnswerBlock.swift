import Core

extension AnswerBlocks {
    enum Kind: Sendable, Hashable {
        case thinking
        case text
        /// The answer's call of this index.
        case call(Int)

        var isCall: Bool { if case .call = self { true } else { false } }
    }

    /// A part of an answer that stands by itself.
    struct Block: Sendable, Hashable {
        let kind: Kind
        /// Everything so far: words, or a call's arguments.
        private(set) var content = ""
        /// Of a call.
        let id: String
        let name: String
        /// How likely the text's tokens were, where that was asked for.
        var probabilities: [JSONValue]
        private var end = ArgumentsEnd()

        init(_ kind: Kind, content: String = "", id: String = "", name: String = "", probabilities: [JSONValue] = []) {
            self.kind = kind
            self.id = id
            self.name = name
            self.probabilities = probabilities
            add(content)
        }

        mutating func add(_ more: String) {
            content += more
            if kind.isCall { end.read(more) }
        }

        /// True of a call with more of its arguments to come.
        var isHalfCall: Bool { kind.isCall && !end.isReached }

        /// True of words of which nothing can be seen.
        var isBlank: Bool { !kind.isCall && content.isBlank }

        /// The block as it begins.
        var begun: Block { Block(kind, id: id, name: name) }
    }

    enum Step: Sendable, Hashable {
        case begin(Int, Block)
        case more(Int, Block, String)
        /// How likely the tokens were that came with the text before.
        case probabilities(Int, [JSONValue])
        case end(Int, Block)
    }
}

extension String {
    /// True if there is nothing but white space in it.
    var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}
