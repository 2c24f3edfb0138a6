/// How good the answer to one question was, as whoever asked says; the evidence that other ways of routing are judged by.
public struct Feedback: Sendable, Hashable, Codable {
    /// The longest comment, in bytes of UTF-8.
    public static let longestComment = 4096

    /// The trace's id.
    public var trace: String
    /// 0 for useless, 1 for just right.
    public var score: Double
    /// Why; nil unless text is kept.
    public var comment: String?
    public var at: Timestamp

    /// - Throws: `invalidRequest` if the score is not in 0...1 or the comment is too long.
    public init(trace: String, score: Double, comment: String? = nil, at: Timestamp) throws {
        guard (0...1).contains(score) else {
            throw Fault(.invalidRequest, "score", "it is \(score)", expected: "A number from 0 to 1 is expected")
        }
        if let comment, comment.utf8.count > Self.longestComment {
            throw Fault(
                .invalidRequest, "comment", "it has \(comment.utf8.count) bytes",
                expected: "At most \(Self.longestComment) are kept", hint: "Shorten it")
        }
        self.trace = trace
        self.score = score
        self.comment = comment
        self.at = at
    }

    /// The same without a word of what was written.
    public var withoutText: Feedback {
        var copy = self
        copy.comment = nil
        return copy
    }

    /// The trace that a client means: its id, or the id of the answer that was made of it in one of the formats.
    public static func traceID(in written: String) -> String {
        for mark in ["chatcmpl-", "msg_", "resp_"] where written.hasPrefix(mark) {
            return String(written.dropFirst(mark.count))
        }
        return written
    }
}

/// A trace with what came of it.
public struct JudgedTrace: Sendable, Hashable {
    public var trace: Trace
    public var feedback: Feedback

    public init(trace: Trace, feedback: Feedback) {
        self.trace = trace
        self.feedback = feedback
    }
}

extension Fault {
    /// There is no such trace (any more).
    public static func unknownTrace(_ id: String) -> Fault {
        Fault(
            .unknownTrace, "trace \"\(id.prefix(64))\"", "there is no such trace",
            expected: "An answer's id or its header x-muster-trace-id is expected",
            hint: "GET /v1/traces lists the latest; a trace is kept once its answer has ended, and old ones are deleted"
        )
    }
}
