import Synchronization

/// Writes any `Encodable` as compact JSON, members in the order in which the value tells them: the same value is the same
/// text everywhere. Several times as fast as Foundation's encoder, which matters where every request is recorded.
///
/// Numbers that JSON lacks become the strings `inf`, `-inf` and `nan`.
public struct JSONWriter: Sendable {
    /// How members are named.
    public enum Names: Sendable {
        /// As in the source.
        case asWritten
        /// `firstText` as `first_text`.
        case snakeCase
    }

    private let names: Names

    public init(_ names: Names = .asWritten) { self.names = names }

    /// The value as JSON. Throws what the value throws when it is asked for its members.
    public func bytes(of value: some Encodable) throws -> [UInt8] {
        let page = JSONPage(names)
        try page.write(value, at: [])
        return page.bytes
    }

    /// The value as JSON.
    public func text(of value: some Encodable) throws -> String {
        String(decoding: try bytes(of: value), as: UTF8.self)
    }
}

/// The bytes written so far.
package final class JSONPage {
    private(set) var bytes: [UInt8] = []
    private let names: JSONWriter.Names
    init(_ names: JSONWriter.Names) {
        self.names = names
        bytes.reserveCapacity(1_024)
    }

    func put(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    func put(quoted text: String) { JSONText.append(quoted: text, to: &bytes) }

    func put(name key: any CodingKey) { put(name: key.stringValue) }

    /// A name of ours holds nothing that has to be escaped.
    func put(name: StaticString) {
        if case .snakeCase = names { return put(name: name.description) }
        put("\"")
        put(name)
        put("\":")
    }

    func put(name: String) {
        switch names {
        case .snakeCase where name.utf8.contains { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }:
            put(quoted: Self.shared(name))
        case .asWritten, .snakeCase: put(quoted: name)
        }
        put(":")
    }

    func put(_ number: Double) {
        guard number.isFinite else { return put(quoted: number.isNaN ? "nan" : number < 0 ? "-inf" : "inf") }
        put(JSONText.text(of: number))
    }

    /// A value of any kind.
    func write(_ value: some Encodable, at path: [any CodingKey]) throws {
        let level = JSONLevel(self, path)
        try value.encode(to: JSONLevelEncoder(level: level))
        level.close()
    }

    /// Names that were put into snake case before. They come from our own types, so they are few; the bound is for
    /// dictionaries, whose keys may be anybody's.
    private static let known = Mutex<[String: String]>([:])
    private static let mostKnown = 4_096

    private static func shared(_ name: String) -> String {
        known.withLock { known in
            if let written = known[name] { return written }
            let written = snakeCase(name)
            if known.count < mostKnown { known[name] = written }
            return written
        }
    }

    /// As Foundation does it: a border before each capital but the first, and before the last of several that a small
    /// letter follows.
    static func snakeCase(_ name: String) -> String {
        let letters = Array(name)
        var words: [ArraySlice<Character>] = []
        var word = 0
        var place = 1
        while let capital = letters.indices.first(where: { $0 >= place && letters[$0].isUppercase }) {
            words.append(letters[word..<capital])
            word = capital
            guard let small = letters.indices.first(where: { $0 > capital && letters[$0].isLowercase }) else { break }
            if small > capital + 1 {
                words.append(letters[capital..<small - 1])
                word = small - 1
            }
            place = small + 1
        }
        words.append(letters[word...])
        return words.map { String($0).lowercased() }.joined(separator: "_")
    }
}
