import Synchronization

/// The parts in use; replaced as a whole when the configuration is read again. A question keeps those with which it
/// began.
public final class LiveParts: Sendable {
    private let inUse: Mutex<AnswerPipeline>

    public init(_ parts: PipelineParts) { inUse = Mutex(AnswerPipeline(parts)) }

    /// What is made of the parts now; taken once for each question.
    var pipeline: AnswerPipeline { inUse.withLock { $0 } }

    /// The parts now.
    public var current: PipelineParts { pipeline.parts }

    /// Puts others in their place, for questions to come.
    public func replace(by parts: PipelineParts) {
        let next = AnswerPipeline(parts)
        inUse.withLock { $0 = next }
    }
}
