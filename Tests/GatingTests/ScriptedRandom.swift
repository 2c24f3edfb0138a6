/// A generator that says exactly what it is told, and counts how often it was asked.
struct ScriptedRandom: RandomNumberGenerator {
    private let script: [UInt64]
    private(set) var asked = 0

    init(_ script: [UInt64]) {
        self.script = script
    }

    mutating func next() -> UInt64 {
        defer { asked += 1 }
        return script[asked]
    }
}
