/// How long a model that others wait for may go on, when there is no room for all.
package struct ModelTurns: Sendable, Hashable {
    /// While questions keep coming to a model it stays this long, counted from the later of two moments: it became
    /// ready, another began to wait. Then it takes no more, so that nobody waits for ever.
    package var patience: Duration
    /// Nobody uses a model for this long: its caller has no next question, and others may have its room.
    package var linger: Duration

    package init(patience: Duration = .seconds(10), linger: Duration = .milliseconds(200)) {
        self.patience = patience
        self.linger = linger
    }
}
