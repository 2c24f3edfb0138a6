import CCurl

/// A transfer's libcurl handle; lives on the loop's thread only.
final class TransferHandle {
    let transfer: Transfer
    let driver: TransferDriver
    let easy: UnsafeMutableRawPointer
    /// What libcurl reads for as long as the handle lives.
    var headerList: UnsafeMutablePointer<curl_slist>?
    let errorText: UnsafeMutablePointer<CChar>

    private var head = ResponseHead()
    /// Why we stopped the transfer ourselves, if we did.
    private(set) var refusal: TransportError?
    private var sent: curl_off_t = -1
    private var lastSent: ContinuousClock.Instant?
    /// So much of a long body has been given to libcurl, in bytes.
    private var given = 0
    /// How often the request was about to go out.
    private var departures = 0

    init(_ transfer: Transfer, driver: TransferDriver) throws(TransportError) {
        guard let easy = driver.spares.take() else {
            throw .protocolFailure(reason: "libcurl has no memory for a request")
        }
        self.transfer = transfer
        self.driver = driver
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(transfer.request)
    }

    deinit {
        driver.spares.giveBack(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Lets the request go out once: a second time would be a second call that nobody counts. What only reads may go
    /// out again (RFC 9110, 9.2.2).
    func goesOut() -> Bool {
        departures += 1
        return departures == 1 || ["GET", "HEAD"].contains(transfer.request.method)
    }

    /// libcurl wanted to send the request again, because its connection died before an answer began.
    var wasToGoOutAgain: Bool { departures > 1 }

    /// libcurl's own words for the failure.
    var reason: String {
        let text = String(cString: errorText)
        return text.isEmpty ? "no reason given" : text
    }

    /// The connection stood, and the request began to go out.
    var isConnected: Bool {
        var microseconds: curl_off_t = 0
        return ccurl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds) == CURLE_OK && microseconds > 0
    }

    /// Looks at how much of the request has gone out since the last time; true if all of it has.
    func noteSent(at now: ContinuousClock.Instant) -> Bool {
        guard isConnected else { return false }
        var bytes: curl_off_t = 0
        ccurl_get_offset(easy, CURLINFO_SIZE_UPLOAD_T, &bytes)
        if bytes != sent { (sent, lastSent) = (bytes, now) }
        return bytes >= transfer.request.body.count
    }

    /// The clocks as they stand.
    var clocks: TransferClocks {
        let (received, waitingSince) = transfer.hunger
        return TransferClocks(
            clocks: transfer.clocks, began: transfer.began, lastSent: lastSent, received: received,
            waitingSince: waitingSince)
    }

    /// Takes in one line of a head; anything but its length makes libcurl give up.
    func readHead(_ line: UnsafeRawBufferPointer) -> Int {
        do {
            let wasComplete = head.isComplete
            try head.read(line)
            if head.isComplete, !wasComplete {
                transfer.deliver(head)
                driver.sweep.note(transfer)
            }
            return line.count
        } catch {
            refusal = error
            return 0
        }
    }

    /// Gives the next bytes of the request's body.
    func writeBody(to place: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(place.count, transfer.request.body.count - given)
        transfer.request.body.withUnsafeBytes { place.copyMemory(from: .init(rebasing: $0[given..<given + count])) }
        given += count
        return count
    }

    /// False if the body has no such place.
    func restartBody(at offset: Int) -> Bool {
        guard (0...transfer.request.body.count).contains(offset) else { return false }
        given = offset
        return true
    }

    /// Takes in bytes of the body; false asks libcurl to pause.
    func readBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let isAccepted = transfer.accept(bytes)
        if isAccepted { driver.sweep.note(transfer) }
        return isAccepted
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> TransferHandle {
        guard let context else { preconditionFailure("libcurl hands back the context it was given") }
        return Unmanaged<TransferHandle>.fromOpaque(context).takeUnretainedValue()
    }
}
