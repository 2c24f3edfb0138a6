import CCurl

/// libcurl's handles of requests that have ended, kept for the next ones: making one costs more than wiping one. Lives on
/// the loop's thread only.
final class SpareHandles {
    /// Some kilobytes each.
    private static let most = 256

    private var handles: [UnsafeMutableRawPointer] = []

    deinit {
        for easy in handles { curl_easy_cleanup(easy) }
    }

    /// A handle that knows nothing of any request; nil if there is no memory for one.
    func take() -> UnsafeMutableRawPointer? { handles.popLast() ?? curl_easy_init() }

    /// Wipes a handle that no longer takes part in anything: all options are as in a new one, its error text, headers and
    /// body are let go of. What libcurl keeps beyond that are TLS sessions, each with the trust it was made under.
    func giveBack(_ easy: UnsafeMutableRawPointer) {
        guard handles.count < Self.most else { return curl_easy_cleanup(easy) }
        curl_easy_reset(easy)
        handles.append(easy)
    }
}
