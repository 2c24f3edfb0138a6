import Core
import HTTPTypes

/// Refuses requests that were sent to somebody else's name.
///
/// Pages may read what comes from their own host, so a page whose name is made to point at this machine (DNS rebinding)
/// would be let in by every browser on it, past any firewall. Its requests give themselves away: they still carry the
/// page's name in `Host`. Services that listen on this machine alone therefore answer to no name that somebody could own:
/// addresses are nobody's to point elsewhere, and a name without a dot is not in the public name system.
///
/// 403 rather than 421 Misdirected Request, which invites clients to try once more on another connection (RFC 9110,
/// 15.5.20): no other connection would do.
package struct KnownHosts: Sendable {
    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// In small letters.
    private let names: [[UInt8]]
    private let takesAll: Bool

    /// - Parameters:
    ///   - host: where the service listens. Unless that is this machine alone, all names are taken where none is given.
    ///   - names: taken besides those of this machine, without a port: a name, `*.` before a name for all below it, or
    ///     `*` for all.
    package init(listening host: String, names: [String] = []) {
        self.names = names.map { Array($0.lowercased().utf8) }
        takesAll = names.contains("*") || (names.isEmpty && !Self.isThisMachine(host))
    }

    /// Checks the request's `Host`, or `:authority`.
    ///
    /// - Throws: a `Refusal` that says which setting would take it.
    func check(_ authority: String?) throws(Refusal) {
        guard !knows(authority) else { return }
        var written = String((authority ?? "").prefix(80))
        let name = written.withUTF8 { String(decoding: Self.host(of: $0), as: UTF8.self) }
        throw Refusal(
            .forbidden, type: "permission_error", code: "unknown_host",
            "The request is for the host \(written), a name that this service does not go by. It answers to localhost, "
                + "to addresses and to the names in server.hosts. If the name is meant, as behind a proxy, add it: "
                + "server.hosts: [\"\(name)\"], or [\"*\"] for all names.")
    }

    /// True for a name that nobody else can own and for those that were given; also where the client names none, as no
    /// browser does.
    package func knows(_ authority: String?) -> Bool {
        guard !takesAll, var authority, !authority.isEmpty else { return true }
        return authority.withUTF8 { written in
            let host = Self.host(of: written)
            return Self.isNobodys(host) || names.contains { Self.matches(host, $0) }
        }
    }

    /// Without the port, and without the dot that may end a whole name.
    private static func host(of authority: UnsafeBufferPointer<UInt8>) -> Bytes {
        var host = authority[...]
        let digits = host.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        if host.dropLast(digits).last == UInt8(ascii: ":") { host = host.dropLast(digits + 1) }
        return host.last == UInt8(ascii: ".") ? host.dropLast() : host
    }

    private static func isThisMachine(_ address: String) -> Bool {
        var address = address
        return address == "::1" || address.withUTF8 { isThisMachine($0[...]) }
    }

    /// True for an address, for what stands below `localhost`, and for a name without a dot.
    private static func isNobodys(_ host: Bytes) -> Bool {
        let isBracketed = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
        return isBracketed || !host.contains(UInt8(ascii: ".")) || isAddress(host) || matches(host, belowLocalhost)
    }

    private static let localhost = Array("localhost".utf8)
    private static let belowLocalhost = Array("*.localhost".utf8)
    private static let loopback = Array("[::1]".utf8)

    private static func isThisMachine(_ host: Bytes) -> Bool {
        isAddress(host, beginning: 127) || matches(host, localhost) || matches(host, loopback)
            || matches(host, belowLocalhost)
    }

    /// True for four numbers, of which the first may be given: 127.0.0.0/8 is this machine.
    private static func isAddress(_ host: Bytes, beginning first: Int? = nil) -> Bool {
        var numbers = 0
        var number: Int?
        for byte in host {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
                guard number ?? 0 <= 255 else { return false }
            case UInt8(ascii: "."):
                guard let ended = number, numbers > 0 || ended == first ?? ended else { return false }
                numbers += 1
                number = nil
            default: return false
            }
        }
        return numbers == 3 && number != nil
    }

    /// - Parameter name: in small letters; `*.` stands for any beginning that is not empty.
    private static func matches(_ host: Bytes, _ name: [UInt8]) -> Bool {
        let isBelow = name.first == UInt8(ascii: "*")
        let end = isBelow ? name.dropFirst() : name[...]
        guard isBelow ? host.count > end.count : host.count == end.count else { return false }
        return zip(host.suffix(end.count), end).allSatisfy { $0.asciiLowered == $1 }
    }
}
