import Foundation

/// Finds the part of a schema that a reference names: `#`, or a JSON pointer behind it (RFC 6901).
struct SchemaReferences {
    private let root: SchemaValue

    init(_ root: SchemaValue) { self.root = root }

    /// The schema that `$ref` names.
    func target(of schema: Schema) throws(GrammarRefusal) -> LocatedSchema {
        let reference = try schema.text("$ref") ?? ""
        let missing = GrammarRefusal(schema.place, .missingTarget(reference: reference))
        guard reference.hasPrefix("#"), let pointer = String(reference.dropFirst()).removingPercentEncoding,
            pointer.isEmpty || pointer.hasPrefix("/")
        else { throw missing }
        var found = root
        var place = "#"
        for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = String(step.replacing("~1", with: "/").replacing("~0", with: "~"))
            switch found {
            case .object(let members):
                guard let member = members.first(where: { $0.name == name }) else { throw missing }
                found = member.value
                place += "/\(Self.escaped(name))"
            case .array(let elements):
                guard let index = Int(name), elements.indices.contains(index) else { throw missing }
                found = elements[index]
                place += "/\(index)"
            default: throw missing
            }
        }
        return LocatedSchema(found, at: place)
    }

    /// A name as a step of a pointer.
    static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
