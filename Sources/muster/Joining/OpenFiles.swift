import Glibc

/// How many files, connections among them, this process may have open.
enum OpenFiles {
    private static let enough: rlim_t = 65_536

    /// Raises the limit to what the system allows without asking anybody: the usual 1,024 are few for a service, and
    /// are kept low for the sake of programs that use `select`. What cannot be raised stays as it is.
    static func raise() {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < min(limit.rlim_max, enough) else { return }
        limit.rlim_cur = min(limit.rlim_max, enough)
        setrlimit(kind, &limit)
    }
}
