/// The transfers under way, found by what libcurl knows of them or by what their reader knows.
struct TransferTable {
    private var byTransfer: [ObjectIdentifier: TransferHandle] = [:]
    private var byEasy: [UnsafeMutableRawPointer: TransferHandle] = [:]

    var isEmpty: Bool { byEasy.isEmpty }
    var handles: some Collection<TransferHandle> { byEasy.values }

    subscript(transfer: Transfer) -> TransferHandle? { byTransfer[ObjectIdentifier(transfer)] }
    subscript(easy: UnsafeMutableRawPointer) -> TransferHandle? { byEasy[easy] }

    mutating func insert(_ handle: TransferHandle) {
        byTransfer[ObjectIdentifier(handle.transfer)] = handle
        byEasy[handle.easy] = handle
    }

    mutating func remove(_ handle: TransferHandle) {
        byTransfer[ObjectIdentifier(handle.transfer)] = nil
        byEasy[handle.easy] = nil
    }
}
