import Foundation

/// What the system knows about this process, under the names that Prometheus' own libraries use; nothing where the
/// system does not say.
struct ProcessFigures {
    /// The files of a process as Linux shows them.
    var folder = "/proc/self"

    var families: [MetricFamily] {
        var found: [MetricFamily] = []
        let fields = statistics
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let page = Double(sysconf(Int32(_SC_PAGESIZE)))
        if let user = fields[14], let system = fields[15], ticks > 0 {
            found.append(MetricFamily(.processorSeconds, (user + system) / ticks))
        }
        if let virtual = fields[23] { found.append(MetricFamily(.virtualMemory, virtual)) }
        if let pages = fields[24] { found.append(MetricFamily(.residentMemory, pages * page)) }
        if let began = fields[22], let boot = bootTime, ticks > 0 {
            found.append(MetricFamily(.startTime, boot + began / ticks))
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: folder + "/fd") {
            found.append(MetricFamily(.openFiles, Double(files.count)))
        }
        if let most = mostFiles { found.append(MetricFamily(.mostFiles, most)) }
        return found
    }

    /// Memory in use; nil where the system does not say.
    var residentBytes: Double? { statistics[24].map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) } }

    /// `stat` by the numbers of its fields (proc(5)); the name, which may hold anything, ends at the last bracket.
    private var statistics: [Int: Double] {
        guard let text = Self.text(folder + "/stat"), let end = text.lastIndex(of: ")") else { return [:] }
        let words = text[text.index(after: end)...].split(separator: " ")
        return Dictionary(
            words.enumerated().compactMap { place, word in Double(word).map { (place + 3, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private var bootTime: Double? {
        Self.text("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
            .flatMap { Double($0.dropFirst("btime ".count)) }
    }

    private var mostFiles: Double? {
        Self.text(folder + "/limits")?.split(separator: "\n").first { $0.hasPrefix("Max open files") }
            .flatMap { $0.split(separator: " ").dropFirst(3).first }.flatMap { Double($0) }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
