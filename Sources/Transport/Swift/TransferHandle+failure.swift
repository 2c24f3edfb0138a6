import CCurl

extension TransferHandle {
    /// The fact behind libcurl's code.
    func failure(_ code: CURLcode) -> TransportError {
        if let refusal { return refusal }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .cannotResolve(reason: reason)
        case CURLE_COULDNT_CONNECT, CURLE_PROXY: return .cannotConnect(reason: reason)
        case CURLE_OPERATION_TIMEDOUT: return .clockFired(.connect, after: transfer.clocks.connect)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE:
            return .tls(reason: reason)
        case CURLE_ABORTED_BY_CALLBACK where wasToGoOutAgain: return .closedEarly(bytes: 0)
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2_STREAM, CURLE_HTTP2:
            if !isConnected { return .cannotConnect(reason: reason) }  // a proxy that refuses says it this way
            // One code for a connection that breaks and for chunks that make no sense; only the words differ.
            if reason.contains("chunked-encoding") { return .protocolFailure(reason: reason) }
            return .closedEarly(bytes: transfer.hunger.received)
        default: return .protocolFailure(reason: reason)
        }
    }
}
