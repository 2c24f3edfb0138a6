import Glibc

/// What the environment says about proxies.
enum Environment {
    /// Hosts that are reached directly: loopback, and what `no_proxy` names.
    static let directHosts: String = {
        let names: [String] = ["no_proxy", "NO_PROXY"]
        let named = names.lazy.compactMap { (name: String) in getenv(name).map { String(cString: $0) } }.first
        return (["localhost", "127.0.0.1", "::1"] + [named].compactMap { $0 }).joined(separator: ",")
    }()
}
