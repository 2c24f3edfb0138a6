/// Says which part of a gate was given something it cannot work with: what was found, and what is needed.
///
/// `Gating` stands below every other target and so has its own small error; callers turn it into theirs.
public struct GateRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The part and its setting, such as `Softmax.temperature`.
    public let subject: String

    /// The value that was refused, as text.
    public let found: String

    /// What would have been accepted, as the end of the sentence "expected …".
    public let expected: String

    /// A refusal of `found` where `expected` was needed.
    public init(subject: String, found: String, expected: String) {
        self.subject = subject
        self.found = found
        self.expected = expected
    }

    /// One sentence for people.
    public var description: String {
        "\(subject): found \(found), expected \(expected)."
    }
}
