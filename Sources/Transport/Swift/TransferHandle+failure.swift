import CCurl

extension TransferHandle {
    /// The fact behind libcurl's code.
    func failure(_ code: CURLcode) -> TransportError {
        if let refusal { return refusal }
        let (received, _) = transfer.hunger
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return .invalidRequest("\(transfer.request.url) is not an http or https address")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .cannotResolve(reason: reason)
        case CURLE_COULDNT_CONNECT: return .cannotConnect(reason: reason)
        case CURLE_OPERATION_TIMEDOUT: return .clockFired(.connect, after: transfer.request.clocks.connect)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .tls(reason: reason)
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2_STREAM, CURLE_HTTP2:
            return .closedEarly(bytes: received)
        default: return .protocolFailure(reason: reason)
        }
    }
}
