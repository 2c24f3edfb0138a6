public import Core

/// Whoever came in with a key of the configuration: such keys are not told apart by what they may do, but their holders
/// may be strangers, who share no kept answers.
public struct ShelfOwner: Sendable, Hashable {
    private let key: KeyDigest

    /// - Parameter key: of the secret that was presented.
    public init(_ key: KeyDigest) { self.key = key }

    /// Of the request that this task works for; nil with a client's key, which is part of the request itself, and where
    /// no key is asked for.
    @TaskLocal public static var current: ShelfOwner?
}
