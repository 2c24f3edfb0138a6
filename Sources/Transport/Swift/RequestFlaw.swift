import CCurl

extension HTTPRequest {
    /// Longer addresses are refused, in bytes.
    static let longestURL = 64 << 10
    /// The socket's path must fit `sockaddr_un`, in bytes.
    static let longestSocketPath = 107

    /// What would let one request smuggle in another, or has no meaning; nil if the request is sound. Neither the
    /// address nor a header's value is repeated: both may hold a key.
    var flaw: String? { urlFlaw ?? methodFlaw ?? headerFlaw ?? fileFlaw }

    private var urlFlaw: String? {
        if url.utf8.count > Self.longestURL { return "the address is longer than \(Self.longestURL >> 10) KiB" }
        if url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { return "the address holds a space or control byte" }
        guard let parts = curl_url() else { return "there is no memory for the address" }
        defer { curl_url_cleanup(parts) }
        var scheme: UnsafeMutablePointer<CChar>?
        guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK,
            curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK, let scheme
        else { return "the address is not an http or https URL" }
        defer { curl_free(scheme) }
        return ["http", "https"].contains(String(cString: scheme)) ? nil : "the address is not an http or https URL"
    }

    private var methodFlaw: String? { Self.isToken(method) ? nil : "the method is not a word" }

    private var headerFlaw: String? {
        for (name, value) in headers {
            if !Self.isToken(name) { return "a header's name is not a word" }
            if value.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) {
                return "the value of header \(name) holds a line break or NUL"
            }
            // A second opinion on where the body ends is how one request becomes two.
            if ["content-length", "transfer-encoding"].contains(name.lowercased()) {
                return "header \(name) is set from the body"
            }
        }
        return nil
    }

    private var fileFlaw: String? {
        if let unixSocket {
            if unixSocket.utf8.isEmpty || unixSocket.utf8.contains(0) {
                return "the socket's path is empty or holds NUL"
            }
            if unixSocket.utf8.count > Self.longestSocketPath {
                return "the socket's path is longer than \(Self.longestSocketPath) bytes"
            }
        }
        if let caFile, caFile.utf8.isEmpty || caFile.utf8.contains(0) {
            return "the path of the certificate file is empty or holds NUL"
        }
        return nil
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { tokenBytes[Int($0)] }
    }

    /// RFC 9110, 5.6.2; by the byte.
    private static let tokenBytes: [Bool] = {
        let marks = "!#$%&'*+-.^_`|~".utf8
        let letters =
            [UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z")]
            + [UInt8(ascii: "a")...UInt8(ascii: "z")]
        return (UInt8.min...UInt8.max).map { byte in
            marks.contains(byte) || letters.contains { $0.contains(byte) }
        }
    }()
}
