/// An error that we explain: what went wrong with which thing, what was expected, and what to do next.
///
/// A fault never holds a key. `sentence` is what people read; the fields are what programs read.
public struct Fault: Error, Sendable, Hashable, Codable {
    /// What kind of thing went wrong. The raw values are part of the API: clients see them as `code`.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        // What people wrote
        case invalidSettings = "invalid_settings"
        case invalidSkill = "invalid_skill"
        case invalidRequest = "invalid_request"
        case unknownModel = "model_not_found"
        case unknownExpert = "expert_not_found"
        case unknownSkill = "skill_not_found"
        case unknownRun = "run_not_found"
        case unknownTrace = "trace_not_found"
        case tooLarge = "request_too_large"
        case unsupported = "unsupported"
        // What experts did
        case expertUnreachable = "expert_unreachable"
        case expertTimedOut = "expert_timed_out"
        case expertLimited = "expert_rate_limited"
        case expertRefused = "expert_refused"
        case expertFailed = "expert_failed"
        case expertGarbled = "expert_garbled"
        case expertCutOff = "expert_cut_off"
        case expertResting = "expert_resting"
        // What the journey met
        case noExpert = "no_expert_available"
        case overBudget = "budget_exceeded"
        /// More is waiting than may wait.
        case overloaded
        // What the store met
        case storeLocked = "store_locked"
        case storeReadOnly = "store_read_only"
        case storeFull = "store_full"
        case storeNewer = "store_newer"
        case storeBroken = "store_broken"
        // The machine
        case addressTaken = "address_taken"
        // Files
        case unreadableFile = "unreadable_file"
        case checksumMismatch = "checksum_mismatch"
    }

    public var code: Code
    /// The thing: an expert's id, a path in the configuration, a file with line.
    public var subject: String
    /// What was found or happened, as a sentence without its subject.
    public var found: String
    /// What was expected; nil if `found` says it all.
    public var expected: String?
    /// What to do next.
    public var hint: String?
    /// What led to it, one for each expert or step that failed.
    public var causes: [Fault]
    /// When a new try may succeed, in seconds, if known.
    public var retryAfterSeconds: Double?

    public init(
        _ code: Code, _ subject: String, _ found: String, expected: String? = nil, hint: String? = nil,
        causes: [Fault] = [], retryAfterSeconds: Double? = nil
    ) {
        self.code = code
        self.subject = subject
        self.found = found
        self.expected = expected
        self.hint = hint
        self.causes = causes
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// Subject, finding, expectation and next step, as people read it.
    public var sentence: String {
        var text = subject.isEmpty ? found : "\(subject): \(found)"
        text = Self.closed(text)
        for part in [expected, hint].compactMap({ $0 }) { text += " " + Self.closed(part) }
        for cause in causes { text += "\n  - " + cause.sentence.split(separator: "\n").joined(separator: "\n    ") }
        return text
    }

    /// With a full stop, unless a sentence ends there already.
    private static func closed(_ text: String) -> String {
        text.last.map { ".?!…".contains($0) } ?? true ? text : text + "."
    }
}

extension Fault: CustomStringConvertible {
    public var description: String { sentence }
}

extension Fault.Code {
    /// True if the same call may succeed a moment later, so that the retry owner may try again. A timeout is not among
    /// them: the same expert would most likely take as long again.
    public var mayPass: Bool {
        switch self {
        case .expertUnreachable, .expertLimited, .expertFailed, .expertGarbled, .expertCutOff, .overloaded,
            .storeLocked:
            true
        default: false
        }
    }

    /// True if the expert is to blame rather than the question: another expert may do better.
    public var blamesExpert: Bool {
        switch self {
        case .expertUnreachable, .expertTimedOut, .expertLimited, .expertRefused, .expertFailed, .expertGarbled,
            .expertCutOff, .expertResting, .overloaded:
            true
        default: false
        }
    }
}

extension Fault {
    /// A name that nothing has: says which ones exist, and the one that was probably meant.
    public static func unknown(
        _ code: Code, _ what: String, named name: String, among known: [String], hint: String? = nil
    ) -> Fault {
        let listed = known.isEmpty ? "There are none" : "There are " + known.sorted().prefix(20).joined(separator: ", ")
        let meant = NearestName.of(name, among: known).map { "Did you mean \($0)?" }
        return Fault(
            code, "\(what) \"\(name)\"", "there is no such \(what)", expected: meant ?? listed, hint: hint)
    }
}

extension Fault {
    /// The time of the question's budget is over.
    public static func timeIsOver(for subject: String) -> Fault {
        Fault(
            .overBudget, subject, "the time of the budget was over before an answer came",
            hint: "Raise budgets.….time or choose faster experts")
    }
}
