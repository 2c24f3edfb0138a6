import Core

/// Answers by what was asked, within a bound of bytes and a time to live; the one that was used longest ago makes room.
///
/// Equal means equal byte for byte: the whole request is the key, never a hash or a likeness of it, so nobody gets the
/// answer to another question.
struct AnswerShelf: Sendable {
    /// Everything that an answer may depend on.
    struct Key: Hashable, Sendable {
        var model: String
        var question: Question
        var wishes: Wishes
        /// Nil where nobody has to be told apart, or `wishes` do it.
        var owner = ShelfOwner.current
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
    /// How often everything was forgotten.
    private(set) var generation = 0
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

    /// Keeps an answer; one that would take more than a quarter of all room is not kept, nor one that began to be given
    /// before everything was forgotten.
    ///
    /// - Parameter began: the generation in which it was asked for.
    mutating func keep(
        _ answer: Answer, _ trace: Trace, for key: Key, until: TimeSource.Instant, began: Int
    ) {
        let size = ShelfSize.of(key) + ShelfSize.of(answer) + ShelfSize.of(trace)
        guard began == generation, size <= capacity / 4 else { return }
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
        generation += 1
    }

    private mutating func remove(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { bytes -= entry.bytes }
    }
}
