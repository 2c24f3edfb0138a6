/// What went wrong with a request, as a fact; the sentences are written by whoever knows what was being done.
/// No case holds a header's value: keys travel in headers.
public enum TransportError: Error, Sendable, Hashable {
    /// The request would be ill-formed, and why.
    case invalidRequest(String)
    case cannotResolve(reason: String)
    case cannotConnect(reason: String)
    /// The certificate or the handshake was refused.
    case tls(reason: String)
    /// A clock of the request ran out.
    case clockFired(HTTPClocks.Name, after: Duration)
    /// The connection ended in the middle of the body, after so many bytes of it.
    case closedEarly(bytes: Int)
    /// The head was longer than the bound, in bytes.
    case headTooLarge(limit: Int)
    /// The body was longer than the reader's bound, in bytes.
    case tooLarge(limit: Int)
    case cancelled
    /// The transport has been shut down.
    case shutDown
    /// The server does not speak HTTP as it should.
    case protocolFailure(reason: String)
}
