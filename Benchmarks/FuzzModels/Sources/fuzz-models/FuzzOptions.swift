/// What the command line says.
struct FuzzOptions {
    var seed: UInt64 = 1
    var flips = 10000
    var folder = "."
    var progress = "progress"
    var from = 0
    var only: Int?

    init(_ arguments: some Sequence<String>) throws {
        var words = arguments.makeIterator()
        while let name = words.next() {
            guard let value = words.next() else { throw FuzzFault("\(name) needs a value") }
            switch name {
            case "--seed": seed = try Self.number(value, name)
            case "--flips": flips = try Self.number(value, name)
            case "--folder": folder = value
            case "--progress": progress = value
            case "--from": from = try Self.number(value, name)
            case "--case": only = try Self.number(value, name)
            default: throw FuzzFault("there is no option \(name)")
            }
        }
    }

    private static func number<Number: FixedWidthInteger>(_ text: String, _ name: String) throws -> Number {
        guard let number = Number(text), number >= 0 else { throw FuzzFault("\(name): \(text) is no count") }
        return number
    }
}
