import Core
import Foundation

/// The program's sources of time and chance from outside; everything below gets them handed in.
enum WallClock {
    @Sendable static func now() -> Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    /// 64 bits from the system.
    @Sendable static func entropy() -> UInt64 {
        var system = SystemRandomNumberGenerator()
        return system.next()
    }
}
