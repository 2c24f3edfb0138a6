public import Core
import Synchronization

/// The capability matrix in use; replaced as a whole when experts were tried again, by whichever program.
public final class CapabilityShelf: Sendable {
    private let current: Mutex<CapabilityBook>

    public init(_ book: CapabilityBook = .empty) { current = Mutex(book) }

    public var book: CapabilityBook { current.withLock { $0 } }

    public func replace(by book: CapabilityBook) { current.withLock { $0 = book } }
}
