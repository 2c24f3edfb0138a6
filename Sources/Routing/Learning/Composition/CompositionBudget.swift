/// What a composition of experts may take.
public enum CompositionBudget: Sendable, Hashable {
    /// The parameters of all experts that are held, in billions, counted as `Evidence.Expert.activeParameters`.
    case parameters(Double)
    /// The mean dollars of a question.
    case dollars(Double)
}
