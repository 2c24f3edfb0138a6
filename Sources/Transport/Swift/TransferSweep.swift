/// What one look at all that is ready has brought: the transfers whose readers are to be told when it is over. Lives on
/// the loop's thread only.
final class TransferSweep {
    private var noted: [Transfer] = []

    /// Something has arrived for this one.
    func note(_ transfer: Transfer) {
        // Head and body of an answer come one right after the other.
        if noted.last !== transfer { noted.append(transfer) }
    }

    /// Wakes all readers; later is better, since a reader that finds everything is woken only once.
    func tell() {
        for transfer in noted { transfer.tell() }
        noted.removeAll(keepingCapacity: true)
    }
}
