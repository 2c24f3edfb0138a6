import Core

/// Answers by what was asked, within a bound of bytes and a time to live; the one that was used longest ago makes room.
///
/// Equal means equal: the whole request is the key, never a hash or a likeness of it, so nobody gets the answer to
/// another question.
struct AnswerShelf: Sendable {
    /// Everything that an answer may depend on.
    struct Key: Hashable, Sendable {
        var model: String
        var question: Question
        var wishes: Wishes
    }

    /// An answer as it was given.
    struct Entry: Sendable {
        var answer: Answer
        var trace: Trace
        var until: TimeSource.Instant
        fileprivate var bytes: Int
        fileprivate var lastUse: UInt64
    }

    /// The most that all entries may take, in bytes; an estimate, within a factor of two of the truth.
    let capacity: Int
    private(set) var bytes = 0
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { entries.count }

    /// The answer to exactly this, if it is still good.
    mutating func find(_ key: Key, at now: TimeSource.Instant) -> Entry? {
        guard let entry = entries[key] else { return nil }
        guard entry.until.offset > now.offset else {
            remove(key)
            return nil
        }
        uses += 1
        entries[key]?.lastUse = uses
        return entry
    }

    /// Keeps an answer; one that would take more than a quarter of all room is not kept.
    mutating func keep(_ answer: Answer, _ trace: Trace, for key: Key, until: TimeSource.Instant) {
        let size = Self.size(of: key) + Self.size(of: answer)
        guard size <= capacity / 4 else { return }
        remove(key)
        uses += 1
        entries[key] = Entry(answer: answer, trace: trace, until: until, bytes: size, lastUse: uses)
        bytes += size
        while bytes > capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
            remove(oldest)
        }
    }

    mutating func removeAll() {
        entries = [:]
        bytes = 0
    }

    private mutating func remove(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { bytes -= entry.bytes }
    }

    /// The texts and bytes, and what the values around them take.
    private static func size(of key: Key) -> Int {
        2_048 + (key.question.original?.count ?? 0) + key.question.messages.reduce(0) { $0 + $1.textBytes + 128 }
    }

    private static func size(of answer: Answer) -> Int {
        4_096 + answer.text.utf8.count + answer.reasoning.utf8.count + (answer.original?.count ?? 0)
            + answer.calls.reduce(0) { $0 + $1.arguments.utf8.count + 64 } + answer.probabilities.count * 512
    }
}
