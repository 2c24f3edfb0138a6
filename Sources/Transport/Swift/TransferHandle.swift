import CCurl

/// A transfer's libcurl handle; lives on the loop's thread only.
final class TransferHandle {
    /// A longer head is refused, in bytes.
    static let longestHead = 64 << 10

    let transfer: Transfer
    let easy: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    private var status = 0
    private var headers: [(name: String, value: String)] = []
    private var headBytes = 0
    private var isHeadDelivered = false
    /// Why the loop itself stopped the transfer, if it did.
    private(set) var refusal: TransportError?

    init?(_ transfer: Transfer) {
        guard CurlGlobal.isReady, let easy = curl_easy_init() else { return nil }
        self.transfer = transfer
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        configure(transfer.request)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// libcurl's own words for the failure.
    var reason: String {
        let text = String(cString: errorText)
        return text.isEmpty ? "no reason given" : text
    }

    /// Seconds into the transfer when the connection stood; nil if it does not yet.
    var connectedAfter: Duration? {
        var microseconds: curl_off_t = 0
        guard ccurl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds) == CURLE_OK, microseconds > 0 else {
            return nil
        }
        return .microseconds(microseconds)
    }

    private func configure(_ request: HTTPRequest) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_text(easy, CURLOPT_URL, request.url)
        ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        ccurl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, request.clocks.connect.milliseconds))
        ccurl_set_text(easy, CURLOPT_NOPROXY, Environment.directHosts)
        ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        if let socket = request.unixSocket { ccurl_set_text(easy, CURLOPT_UNIX_SOCKET_PATH, socket) }
        if let file = request.caFile { ccurl_set_text(easy, CURLOPT_CAINFO, file) }
        configureBody(request)

        // An empty Expect keeps libcurl from waiting for a 100 before it sends a long body.
        for header in request.headers + [("Expect", "")] {
            let line = header.value.isEmpty ? "\(header.name):" : "\(header.name): \(header.value)"
            headerList = curl_slist_append(headerList, line)
        }
        ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headerList)
        ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        ccurl_set_sink(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            TransferHandle.at(context).readHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        ccurl_set_sink(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let isAccepted = TransferHandle.at(context).transfer
                .accept(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return isAccepted ? size * count : Int(CURL_WRITEFUNC_PAUSE)
        }
    }

    private func configureBody(_ request: HTTPRequest) {
        switch request.method {
        case "GET": break
        case "HEAD": ccurl_set_long(easy, CURLOPT_NOBODY, 1)
        default:
            ccurl_set_long(easy, CURLOPT_POST, 1)
            ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
            ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
            request.body.withUnsafeBytes { bytes in
                // Copied by libcurl; an empty body still needs a place to be copied from.
                var nothing: UInt8 = 0
                withUnsafeMutablePointer(to: &nothing) { empty in
                    let start = bytes.baseAddress.map(UnsafeMutableRawPointer.init(mutating:)) ?? UnsafeMutableRawPointer(empty)
                    _ = ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
                }
            }
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> TransferHandle {
        guard let context else { preconditionFailure("libcurl hands back the context it was given") }
        return Unmanaged<TransferHandle>.fromOpaque(context).takeUnretainedValue()
    }

    /// Takes in one line of a head; anything but its length makes libcurl give up.
    private func readHead(_ bytes: UnsafeRawBufferPointer) -> Int {
        headBytes += bytes.count
        guard headBytes <= Self.longestHead else {
            refusal = .headTooLarge(limit: Self.longestHead)
            return 0
        }
        var line = String(decoding: bytes, as: UTF8.self)
        while let last = line.unicodeScalars.last, last == "\r" || last == "\n" { line.unicodeScalars.removeLast() }
        if line.hasPrefix("HTTP/"), !isHeadDelivered {
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = []
        } else if line.isEmpty {
            // 1xx heads announce another one; lines after the body are trailers.
            if status >= 200, !isHeadDelivered {
                isHeadDelivered = true
                transfer.deliver((status, headers))
            }
        } else if !isHeadDelivered, let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append((String(line[..<colon]), String(value)))
        }
        return bytes.count
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
