import Core

extension ToolCall {
    /// The arguments as servers want them that take nothing but an object: what is no object becomes one.
    var input: JSONValue {
        switch JSONValue.parse(arguments) {
        case .object(let members): .object(members)
        // Nothing, or something that was cut.
        case nil, .null: .object([:])
        case let other?: .object(["value": other])
        }
    }
}
