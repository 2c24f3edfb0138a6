public import Core

/// When a question came that had to wait before it was asked: what it waited is part of its time.
public enum QuestionArrival {
    /// Of the question that this task asks; nil for just now. By the pipeline's own clock.
    @TaskLocal public static var current: TimeSource.Instant?
}
