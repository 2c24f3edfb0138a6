/// Memory for a matrix that no file has as it is needed; given back to the system with its last owner.
final class MatrixMemory: @unchecked Sendable {
    // Filled before anybody else sees it, and only read afterwards.
    private let numbers: UnsafeMutablePointer<Float>

    init(_ numbers: [Float]) {
        self.numbers = .allocate(capacity: numbers.count)
        for (place, number) in numbers.enumerated() { (self.numbers + place).initialize(to: number) }
    }

    // Floats need no taking apart.
    deinit { numbers.deallocate() }

    /// Its first byte; valid while this memory lives.
    var start: UnsafeRawPointer { UnsafeRawPointer(numbers) }
}
