import Core

/// Puts environment variables into a text: `${env.NAME}`, or `${env.NAME:-otherwise}` where a value may be missing.
package struct EnvironmentText {
    /// Why a text cannot be completed.
    package enum Obstacle: Error, Hashable {
        case open
        case badName(String)
        case unset(String)
    }

    package let variables: [String: String]

    package init(variables: [String: String]) { self.variables = variables }

    /// The text with every variable put in. What a variable holds is not looked at again.
    package func completed(_ text: String) throws(Obstacle) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${env.") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { throw .open }
            let inside = rest[start.upperBound..<end]
            let fallback = inside.firstRange(of: ":-")
            let name = String(fallback.map { inside[..<$0.lowerBound] } ?? inside)
            guard Self.isVariable(name) else { throw .badName(name) }
            if let fallback {
                // As in a shell: with `:-`, a variable that is set to nothing counts as missing.
                let value = variables[name] ?? ""
                result += value.isEmpty ? String(inside[fallback.upperBound...]) : value
            } else if let value = variables[name] {
                result += value
            } else {
                throw .unset(name)
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// The variable's name if the text is `${env.NAME}` and nothing else.
    package static func onlyVariable(of text: String) -> String? {
        guard text.hasPrefix("${env."), text.hasSuffix("}") else { return nil }
        let name = String(text.dropFirst(6).dropLast())
        return isVariable(name) ? name : nil
    }

    /// Letters, digits and underscores, not beginning with a digit.
    static func isVariable(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        let isWord = bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard let first = bytes.first, isWord, bytes.count <= 128 else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }
}
