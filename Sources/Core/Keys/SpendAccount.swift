/// What somebody may still spend; asked before each call to an expert, whatever the call is for.
public protocol SpendAccount: Sendable {
    /// Sets aside the most that a call may take. Waits for nothing but, now and then, the store.
    ///
    /// - Throws: a `Fault`, `quotaUsedUp` or `rateLimited`, if it is not there.
    func reserve(_ most: Spend) async throws -> any SpendReservation
}

/// What was set aside for one call. Forgetting it gives it back.
public protocol SpendReservation: AnyObject, Sendable {
    /// Puts what the call really took in place of it; the first settlement counts.
    func settle(_ real: Spend)
}
