import Foundation

/// The memory of this process.
enum ProcessMemory {
    /// Bytes in memory now, mapped files counted as far as they are; 0 where the system does not say.
    static var residentBytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap({ Int($0) }).first
        else { return 0 }
        return kibibytes * 1024
    }
}
