public import Core

extension AnswerShape {
    /// The shape in which several texts about one question are compared, where the question itself does not say.
    ///
    /// As soon as one text marks a number or a letter as its answer, the others are read for one too: of two experts that
    /// both mean 3, one may write `\boxed{3}` and the other a closing sentence. Without any such mark, texts are compared
    /// as a whole. This is ours.
    public func settled(by texts: some Sequence<String>) -> AnswerShape {
        guard case .automatic = self else { return self }
        let marked = texts.compactMap(AnswerExtraction.marked(in:))
        if marked.contains(where: { NumberReading.whole($0) != nil }) { return .number }
        let letters = ChoiceLetters(options: AnswerExtraction.mostOptions)
        return marked.contains { letters.whole($0) != nil } ? .choice(options: AnswerExtraction.mostOptions) : self
    }
}
