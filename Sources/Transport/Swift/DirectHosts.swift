import Glibc

/// The hosts that are reached without a proxy: loopback, and what the environment's `no_proxy` names.
enum DirectHosts {
    /// In libcurl's form, comma-separated. It replaces libcurl's own reading of `no_proxy`, so it repeats it.
    static let list = list(noProxy: ["no_proxy", "NO_PROXY"].lazy.compactMap(variable).first)

    /// Every host, which is right for a socket in the file system.
    static let all = "*"

    static func list(noProxy: String?) -> String {
        let named = noProxy.map(trimmed) ?? ""
        // libcurl understands the star only when it stands alone.
        if named.split(separator: ",").contains(where: { trimmed(String($0)) == all }) { return all }
        let loopback = "localhost,127.0.0.0/8,::1"
        return named.isEmpty ? loopback : "\(loopback),\(named)"
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func trimmed(_ text: String) -> String { String(text.filter { $0 != " " && $0 != "\t" }) }
}
