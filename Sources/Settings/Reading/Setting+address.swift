import Core

/// Addresses of APIs and sockets.
extension Setting {
    /// An http or https address with a host, without a user, a password or a query. Whatever might be a key is not
    /// repeated.
    func address() -> String? {
        guard let text = text() else { return nil }
        let example = "Write it as http://127.0.0.1:9001/v1"
        guard let scheme = ["http://", "https://"].first(where: text.lowercased().hasPrefix) else {
            refuse("the address does not begin with http:// or https://", fix: example)
            return nil
        }
        let rest = text.dropFirst(scheme.count)
        let place = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if rest.contains("@") {
            refuse("the address holds a user or a password", fix: "Take them out; keys go to api_key: \"${env.NAME}\"")
        } else if rest.contains("?") || rest.contains("#") {
            refuse(
                "the address holds more than a path",
                fix: "Take out what follows ? or #; keys go to api_key: \"${env.NAME}\"")
        } else if !rest.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) {
            refuse("the address holds spaces or other signs that no address has", fix: example)
        } else if HostText.host(of: place) == nil {
            refuse("\(written.quoted) has no host, or no port from 1 to 65535 after the colon", fix: example)
        } else {
            return text
        }
        return nil
    }

    /// The name of a host without a port, `*.` before one for all below it, or `*` for all; in small letters.
    func hostName() -> String? {
        guard let text = word()?.lowercased() else { return nil }
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        let host = HostText.host(of: name)
        let isPlain = name.utf8.allSatisfy { $0.isASCIIWord || "-._".utf8.contains($0) }
        if text == "*" || (isPlain && host == name) || (text.hasPrefix("[") && text.hasSuffix("]") && host != nil) {
            return text
        }
        refuse(
            "\(written.quoted) is not the name of a host",
            fix: "Write it without http://, port and path: muster.example.org, *.example.org, or \"*\" for all names")
        return nil
    }

    /// The path of a socket; systems allow 107 bytes.
    func socketPath() -> String? {
        guard let path = word() else { return nil }
        if path.utf8.count <= 107 { return path }
        refuse("the path is \(path.utf8.count) bytes long, sockets allow 107", fix: "Choose a shorter one")
        return nil
    }
}

/// Reads the part of an address that names a machine.
package enum HostText {
    /// The host of `host`, `host:port`, `[::1]` or `[::1]:port`; nil if it is none.
    package static func host(of place: Substring) -> Substring? {
        let host: Substring
        var port: Substring?
        if place.hasPrefix("[") {
            guard let end = place.firstIndex(of: "]") else { return nil }
            host = place[place.index(after: place.startIndex)..<end]
            let after = place[place.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            port = after.isEmpty ? nil : after.dropFirst()
        } else {
            let parts = place.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let first = parts.first else { return nil }
            host = first
            port = parts.count == 2 ? parts[1] : nil
        }
        if let port, !(Int(port).map { (1...65_535).contains($0) } ?? false) { return nil }
        return host.isEmpty || host.utf8.count > 253 ? nil : host
    }

    /// True for an address or a host on this machine.
    package static func isLoopback(_ address: String) -> Bool {
        let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let host = host(of: rest.prefix { $0 != "/" })?.lowercased() ?? rest.lowercased()
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let isLocal = numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
        return host == "localhost" || host == "::1" || isLocal
    }
}
