/// Hears of every call to an expert, each try on its own: for counting, not for deciding.
public protocol CallWatch: Sendable {
    func began(_ expert: ExpertID)
    /// The call ended; told once for each that began.
    func ended(_ expert: ExpertID, _ outcome: CallOutcome)
}

/// How one call to an expert ended.
public enum CallOutcome: Sendable, Hashable {
    case answered
    case failed(Fault.Code)
    /// Whoever asked did not wait for the end.
    case abandoned

    /// As it is called in figures.
    public var name: String {
        switch self {
        case .answered: "answered"
        case .failed(let code): code.rawValue
        case .abandoned: "abandoned"
        }
    }
}
