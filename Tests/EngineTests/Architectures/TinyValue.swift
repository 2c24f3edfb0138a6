/// A value of a tiny model's metadata.
enum TinyValue: Sendable {
    case count(Int)
    case number(Float)
    case flag(Bool)
    case text(String)
    /// The key is left out.
    case absent

    /// The format's code of its kind.
    var type: UInt32 {
        switch self {
        case .count, .absent: 4
        case .number: 6
        case .flag: 7
        case .text: 8
        }
    }

    /// As the file stores it, or nil for nothing.
    var bytes: [UInt8]? {
        switch self {
        case .count(let count): GGUFBytes.number(UInt32(count))
        case .number(let number): GGUFBytes.number(number.bitPattern)
        case .flag(let flag): [flag ? 1 : 0]
        case .text(let text): GGUFBytes.text(text)
        case .absent: nil
        }
    }
}
