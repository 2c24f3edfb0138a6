public import Core
import Synchronization

/// What canaries say in use; replaced as a whole after each round, by whichever program asked it.
public final class CanaryShelf: Sendable {
    private let current: Mutex<CanaryBook>

    public init(_ book: CanaryBook = .empty) { current = Mutex(book) }

    public var book: CanaryBook { current.withLock { $0 } }

    public func replace(by book: CanaryBook) { current.withLock { $0 = book } }
}
