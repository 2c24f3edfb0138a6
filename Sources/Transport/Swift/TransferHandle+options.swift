import CCurl
import Glibc

extension TransferHandle {
    /// In bytes; libcurl sends no more together with the head.
    static let longestCopied = 64 << 10

    /// Tells libcurl what to do. An option that libcurl does not take is a failure: some of them are what keeps a
    /// transfer safe.
    func configure(_ request: HTTPRequest) throws(TransportError) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_NOSIGNAL, 1)
        // Without it, giving up during a slow name look-up would hold up all other transfers until that is done.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, transfer.clocks.connect.milliseconds)
        try check(CURLOPT_ERRORBUFFER, ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
        // A used handle whose last transfer was broken off still has its buffer, refuses this, and reads into that.
        ccurl_set_long(easy, CURLOPT_BUFFERSIZE, request.readAtOnce)
        // A libcurl built without HTTP/2 refuses this, and does without.
        ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        try configureWay(request)
        try configureBody(request)
        try configureHeaders(request)
        try configureSinks()
        try configureSocket()
    }

    /// How the server is reached and trusted.
    private func configureWay(_ request: HTTPRequest) throws(TransportError) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = request.caFile {
            try set(CURLOPT_CAINFO, file)
            try set(CURLOPT_CAPATH, nil)  // else the system's folder would be trusted as well
        }
        // The head that counts is the server's, not the proxy's.
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_NOPROXY, request.unixSocket == nil ? DirectHosts.list : DirectHosts.all)
        if let socket = request.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, socket) }
    }

    private func configureBody(_ request: HTTPRequest) throws(TransportError) {
        if request.method == "HEAD" { return try set(CURLOPT_NOBODY, 1) }
        if request.method == "GET", request.body.isEmpty { return }
        try set(CURLOPT_POST, 1)
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        try check(
            CURLOPT_POSTFIELDSIZE_LARGE,
            ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
        if request.body.count > Self.longestCopied { return try configureBodySource() }
        // Copied by libcurl; an empty body still needs a place to be copied from.
        let empty: [UInt8] = [0]
        let code = (request.body.isEmpty ? empty : request.body).withUnsafeBytes {
            ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
        }
        try check(CURLOPT_COPYPOSTFIELDS, code)
    }

    /// A long body is taken piece by piece from where it is: a copy of it would be made for nothing. A short one is sent
    /// with the head in one go, which this cannot.
    private func configureBodySource() throws(TransportError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(CURLOPT_READDATA, ccurl_set_pointer(easy, CURLOPT_READDATA, context))
        try check(
            CURLOPT_READFUNCTION,
            ccurl_set_source(easy, CURLOPT_READFUNCTION) { place, size, count, context in
                TransferHandle.at(context).writeBody(
                    to: UnsafeMutableRawBufferPointer(start: place, count: size * count))
            })
        // Where a kept connection turns out to be closed, the request is sent again from the beginning.
        try check(CURLOPT_SEEKDATA, ccurl_set_pointer(easy, CURLOPT_SEEKDATA, context))
        try check(
            CURLOPT_SEEKFUNCTION,
            ccurl_set_seek(easy) { context, offset, origin in
                guard origin == SEEK_SET else { return Int32(CURL_SEEKFUNC_CANTSEEK) }
                return Int32(
                    TransferHandle.at(context).restartBody(at: Int(offset)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL)
            })
    }

    private func configureHeaders(_ request: HTTPRequest) throws(TransportError) {
        for (name, value) in request.headers {
            // libcurl reads a blank value as a wish to leave the header out; the semicolon asks for an empty one.
            let isBlank = value.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
            headerList = curl_slist_append(headerList, isBlank ? "\(name);" : "\(name): \(value)")
        }
        // What libcurl would add by itself: waiting for a 100 before a long body, and the type of a web form.
        for name in ["Expect", "Content-Type"]
        where !request.headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            headerList = curl_slist_append(headerList, "\(name):")
        }
        try check(CURLOPT_HTTPHEADER, ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headerList))
    }

    private func configureSinks() throws(TransportError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        // Called when a request is about to go out. libcurl would send it again by itself where a kept connection dies
        // before an answer begins; the server may have read it, and whoever counts calls would not hear of the second.
        try check(CURLOPT_PREREQDATA, ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context))
        try check(
            CURLOPT_PREREQFUNCTION,
            ccurl_set_gate(easy) { context, _, _, _, _ in
                TransferHandle.at(context).goesOut() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
            })
        try check(CURLOPT_HEADERDATA, ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        try check(CURLOPT_WRITEDATA, ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        let readHead: ccurl_sink = { bytes, size, count, context in
            TransferHandle.at(context).readHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        try check(CURLOPT_HEADERFUNCTION, ccurl_set_sink(easy, CURLOPT_HEADERFUNCTION, readHead))
        let readBody: ccurl_sink = { bytes, size, count, context in
            let isAccepted = TransferHandle.at(context)
                .readBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return isAccepted ? size * count : Int(CURL_WRITEFUNC_PAUSE)
        }
        try check(CURLOPT_WRITEFUNCTION, ccurl_set_sink(easy, CURLOPT_WRITEFUNCTION, readBody))
    }

    /// The watch is told of each connection's beginning and end; it lives as long as the connections.
    private func configureSocket() throws(TransportError) {
        let context = Unmanaged.passUnretained(driver.watch).toOpaque()
        try check(CURLOPT_SOCKOPTDATA, ccurl_set_pointer(easy, CURLOPT_SOCKOPTDATA, context))
        try check(CURLOPT_CLOSESOCKETDATA, ccurl_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, context))
        try check(
            CURLOPT_SOCKOPTFUNCTION,
            ccurl_set_opened(easy) { context, socket, _ in
                SocketWatch.at(context).opened(socket)
                return Int32(CURL_SOCKOPT_OK)
            })
        try check(
            CURLOPT_CLOSESOCKETFUNCTION,
            ccurl_set_closing(easy) { context, socket in
                SocketWatch.at(context).closing(socket)
                return close(socket)
            })
    }

    private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(option, ccurl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String?) throws(TransportError) {
        try check(option, ccurl_set_text(easy, option, value))
    }

    private func check(_ option: CURLoption, _ code: CURLcode) throws(TransportError) {
        guard code == CURLE_OK else {
            throw .protocolFailure(
                reason:
                    "libcurl does not take its option \(option.rawValue): \(String(cString: curl_easy_strerror(code)))")
        }
    }
}
