/// Watches the bytes of an answer for the texts that end it, wherever tokens begin and end.
///
/// Bytes go in as tokens give them and come out as soon as they cannot be part of a stop text: the longest end that may
/// begin one is held back, and so is a UTF-8 character that is not yet whole. The first stop text to be complete ends
/// the answer; of several complete at the same byte, the longest. Neither it nor anything behind it comes out. Each
/// byte costs a constant per stop text on average.
public struct StopTexts: Sendable {
    /// The most stop texts, and the most bytes of one.
    public static let most = 16
    public static let longest = 1024

    private var texts: [StopText]
    private var held: [UInt8] = []

    /// The text that ended the answer; nil while none has.
    public private(set) var stopped: String?

    /// Watches for these texts. Refuses more than 16, an empty one, and one longer than 1024 bytes.
    public init(_ texts: [String]) throws(SamplingRefusal) {
        guard texts.count <= Self.most else {
            throw .parameter("stop", found: "\(texts.count) texts", expected: "at most \(Self.most)")
        }
        for (index, text) in texts.enumerated() {
            guard (1...Self.longest).contains(text.utf8.count) else {
                throw .parameter(
                    "stop[\(index)]", found: "a text of \(text.utf8.count) bytes",
                    expected: "1 to \(Self.longest) bytes of UTF-8")
            }
        }
        self.texts = texts.map { StopText($0) }
    }

    /// Takes the next bytes of the answer and returns those that are safe to release; none once it has stopped.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        guard stopped == nil else { return [] }
        for byte in bytes {
            held.append(byte)
            if let complete = advance(byte) {
                stopped = complete.text
                return release(held.count - complete.length)
            }
        }
        let mayBeginStop = texts.reduce(0) { max($0, $1.matched) }
        return release(held.count - max(mayBeginStop, UnfinishedCharacter.length(atEndOf: held)))
    }

    /// Releases what is still held: the answer has ended by itself. None when a stop text ended it.
    public mutating func finish() -> [UInt8] {
        release(stopped == nil ? held.count : 0)
    }

    /// Released bytes as text; what is not UTF-8 becomes U+FFFD. Releases are never cut inside a character, so the texts
    /// of all releases one after the other are the text of all bytes.
    public static func text(of release: [UInt8]) -> String {
        String(decoding: release, as: UTF8.self)
    }

    /// Shows one byte to every text; returns the longest that it completes.
    private mutating func advance(_ byte: UInt8) -> StopText? {
        var complete: StopText?
        for index in texts.indices {
            texts[index].advance(byte)
            if texts[index].isComplete, texts[index].length > complete?.length ?? 0 {
                complete = texts[index]
            }
        }
        return complete
    }

    private mutating func release(_ count: Int) -> [UInt8] {
        let released = Array(held.prefix(count))
        held.removeFirst(count)
        return released
    }
}
