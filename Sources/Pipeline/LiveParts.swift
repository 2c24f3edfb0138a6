import Synchronization

/// The parts in use; replaced as a whole when the configuration is read again. A question keeps those with which it
/// began.
public final class LiveParts: Sendable {
    private let parts: Mutex<PipelineParts>

    public init(_ parts: PipelineParts) { self.parts = Mutex(parts) }

    /// The parts now; taken once for each question.
    public var current: PipelineParts { parts.withLock { $0 } }

    /// Puts others in their place, for questions to come.
    public func replace(by parts: PipelineParts) { self.parts.withLock { $0 = parts } }
}
