public import Core
import Crypto

/// The secret of a client's key, at the one moment when it is known: when it is made, or presented. It prints as its
/// beginning.
public struct KeySecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How every secret begins, so that people and scanners of repositories know what they see.
    static let mark = "mk-"
    /// Of chance; 32 bytes are 256 bits.
    static let byteCount = 32
    /// How many characters behind the mark are shown: 24 bits of 256.
    private static let shownCharacters = 4

    private let text: String

    /// A new secret.
    ///
    /// - Parameter entropy: 64 bits of a generator that nobody can foresee.
    public init(entropy: () -> UInt64) {
        let words = (0..<Self.byteCount / 8).map { _ in entropy() }
        text =
            Self.mark
            + Self.base64URL(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    }

    /// A secret that a client presents; nil if it is not of the form.
    init?(presented: String) {
        guard presented.hasPrefix(Self.mark), presented.utf8.count <= 128 else { return nil }
        text = presented
    }

    /// The secret itself, for the one who asked for it.
    public func reveal() -> String { text }

    /// What is kept in place of it. The secret is chance alone, so that no slow function has to protect it from guessing.
    public var digest: KeyDigest {
        guard let digest = KeyDigest(SHA256.hash(data: Array(text.utf8))) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return digest
    }

    /// What lists show.
    public var prefix: String { String(text.prefix(Self.mark.count + Self.shownCharacters)) }

    public var description: String { prefix + "…" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["prefix": prefix]) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// Base 64 for addresses and headers (RFC 4648, section 5), without padding.
    private static func base64URL(_ bytes: [UInt8]) -> String {
        var out = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0...group.count { out.append(alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)]) }
        }
        return out
    }
}
