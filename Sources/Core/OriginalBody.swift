/// A client's body in OpenAI's chat format, byte for byte, and where its members stand. An expert that speaks the same
/// format gets these bytes with only those members changed that have to be; and what it answers goes the same way back.
public struct OriginalBody: Sendable, Hashable {
    public let bytes: [UInt8]
    public let members: [JSONReader.Member]

    /// - Parameter members: of the object that `bytes` hold, as `JSONReader` found them.
    public init(_ bytes: [UInt8], members: [JSONReader.Member]) {
        self.bytes = bytes
        self.members = members
    }

    /// The body's length in bytes.
    public var count: Int { bytes.count }

    /// True if the body has a member of this name.
    public func has(_ name: String) -> Bool { members.contains { $0.name == name } }

    /// The body with some members replaced, added, or (where the value is nil) left out. Everything else is as it came:
    /// order, spaces, numbers, members that nobody knows.
    ///
    /// - Parameter changes: new values as JSON, by name; added ones stand at the end in name order.
    public func replacing(_ changes: [String: [UInt8]?]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + changes.values.reduce(64) { $0 + ($1?.count ?? 0) + 24 })
        out.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if let change = changes[member.name] {
                // Of two members with one name readers take the last: the others are dropped.
                let isLast = !members[(index + 1)...].contains { $0.name == member.name }
                guard let change, isLast else { continue }
                separate(&out)
                out += bytes[member.whole.lowerBound..<member.value.lowerBound]
                out += change
            } else {
                separate(&out)
                out += bytes[member.whole]
            }
        }
        for name in changes.keys.sorted() where !has(name) {
            guard let change = changes[name] ?? nil else { continue }
            separate(&out)
            JSONText.append(quoted: name, to: &out)
            out.append(UInt8(ascii: ":"))
            out += change
        }
        out.append(UInt8(ascii: "}"))
        return out
    }

    /// The last value of this name, as JSON; nil if there is none.
    public func value(_ name: String) -> ArraySlice<UInt8>? {
        members.last { $0.name == name }.map { bytes[$0.value] }
    }

    private func separate(_ out: inout [UInt8]) {
        if out.count > 1 { out.append(UInt8(ascii: ",")) }
    }
}
