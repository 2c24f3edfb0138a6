import Core

extension OriginalBody {
    /// A member's value, read.
    func json(_ name: String) -> JSONValue? { value(name).flatMap { try? JSONReader.read(Array($0)) } }

    /// True if the client gave this member a value.
    func gives(_ name: String) -> Bool { (json(name) ?? .null) != .null }
}
