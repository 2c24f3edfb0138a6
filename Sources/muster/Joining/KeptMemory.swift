import Glibc

/// What glibc keeps of the memory that is given back to it. Where there is no `mallopt`, nothing changes.
enum KeptMemory {
    /// Swift's Glibc module leaves malloc.h out, so the function is looked up by its name, and these are its numbers.
    private enum Option: Int32 {
        case trimThreshold = -1
        case mapThreshold = -3
        case mostArenas = -8
    }

    static func limit() {
        guard let found = dlsym(nil, "mallopt") else { return }
        let mallopt = unsafeBitCast(found, to: (@convention(c) (Int32, Int32) -> Int32).self)
        // One arena for each core: glibc would make eight, a new one whenever a thread begins, and what lies free in one is
        // of no use in another. A service then grows with every thread it ever had.
        let cores = Int32(max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        // An answer of megabytes goes back to the system when it has been read. Left alone, glibc learns from it to keep
        // such pieces, and memory goes up and down by what happens to lie above them.
        let options: [(Option, Int32)] = [(.mostArenas, cores), (.mapThreshold, 1 << 20), (.trimThreshold, 4 << 20)]
        for (option, value) in options { _ = mallopt(option.rawValue, value) }
    }
}
