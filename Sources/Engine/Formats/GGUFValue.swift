/// One value of a GGUF file's metadata; whole numbers of every width are read as 64 bits, real numbers as `Double`.
public enum GGUFValue: Equatable, Sendable {
    case unsigned(UInt64)
    case signed(Int64)
    case real(Double)
    case flag(Bool)
    case text(String)
    /// The elements of an array, all of one kind in the file.
    case array([GGUFValue])

    /// What the value is, in words for a refusal.
    var kind: String {
        switch self {
        case .unsigned, .signed: "a whole number"
        case .real: "a real number"
        case .flag: "a truth value"
        case .text: "a text"
        case .array(let elements): "an array of \(elements.count)"
        }
    }

    /// The value as a whole number, when it is one that `Int` can hold.
    var integer: Int? {
        switch self {
        case .unsigned(let number): Int(exactly: number)
        case .signed(let number): Int(exactly: number)
        default: nil
        }
    }

    /// The value as a real number; whole numbers count as real ones.
    var number: Double? {
        switch self {
        case .unsigned(let number): Double(number)
        case .signed(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }

    /// The value as a text.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
