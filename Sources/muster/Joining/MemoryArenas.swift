import Glibc

/// In how many parts glibc keeps what is given back to it.
enum MemoryArenas {
    /// `M_ARENA_MAX`. Swift's Glibc module leaves malloc.h out, so the function is looked up by its name.
    private static let most: Int32 = -8

    /// One for each core: glibc would make eight, a new one whenever a thread begins, and what lies free in one is of no use
    /// in another. A service then grows with every thread it ever had. Where there is no such function nothing changes.
    static func limit() {
        guard let found = dlsym(nil, "mallopt") else { return }
        let mallopt = unsafeBitCast(found, to: (@convention(c) (Int32, Int32) -> Int32).self)
        _ = mallopt(most, Int32(max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    }
}
