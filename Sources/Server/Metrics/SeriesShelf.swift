import Synchronization

/// Series that are counted together, found by one look-up: what is counted for every request must not cost it ten.
final class SeriesShelf<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Keys are names from the configuration, but a bound costs nothing.
    private static var most: Int { 2_000 }

    private let kept = Mutex<[Key: Value]>([:])
    private let make: @Sendable (Key) -> Value

    /// - Parameter make: finds the series of a key that was not asked for before.
    init(_ make: @escaping @Sendable (Key) -> Value) { self.make = make }

    subscript(key: Key) -> Value {
        if let known = kept.withLock({ $0[key] }) { return known }
        let made = make(key)
        kept.withLock { if $0.count < Self.most { $0[key] = made } }
        return made
    }
}
