import Core
import Foundation

/// Reads a file line by line without holding it, unpacking gzip on the way.
struct LineFile {
    /// A longer line is refused, in bytes.
    static let longestLine = 16 << 20
    private static let blockSize = 1 << 20

    let path: String

    /// Hands every line that holds more than blanks to `body`, with its number, the first being 1.
    func forEachLine(_ body: (Int, Data) async throws -> Void) async throws {
        guard let handle = FileHandle(forReadingAtPath: path), let head = try? handle.read(upToCount: 2) else {
            throw Fault(
                .unreadableFile, path, "there is no such file, or it cannot be read",
                expected: "A file of recorded outcomes, one JSON object a line, .jsonl or .jsonl.gz")
        }
        try? handle.seek(toOffset: 0)
        defer { try? handle.close() }
        guard head == Data([0x1F, 0x8B]) else { return try await cut(handle, body) }
        let unpacking = Process()
        unpacking.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpacking.arguments = ["gzip", "-dc"]
        unpacking.standardInput = handle
        let pipe = Pipe()
        let complaint = Pipe()
        unpacking.standardOutput = pipe
        unpacking.standardError = complaint
        do { try unpacking.run() } catch {
            throw Fault(.unreadableFile, path, "gzip cannot be started", hint: "Install gzip, or unpack the file")
        }
        do {
            try await cut(pipe.fileHandleForReading, body)
        } catch {
            unpacking.terminate()
            unpacking.waitUntilExit()
            throw error
        }
        unpacking.waitUntilExit()
        guard unpacking.terminationStatus == 0 else {
            let words = (try? complaint.fileHandleForReading.readToEnd()).flatMap { $0 } ?? Data()
            throw Fault(
                .unreadableFile, path,
                "cannot be unpacked: \(String(decoding: words.prefix(200), as: UTF8.self).split(separator: "\n").first ?? "gzip failed")",
                hint: "Fetch it again: it may have been cut short")
        }
    }

    private func cut(_ handle: FileHandle, _ body: (Int, Data) async throws -> Void) async throws {
        var rest = Data()
        var number = 0
        while true {
            let block: Data
            do { block = try handle.read(upToCount: Self.blockSize) ?? Data() } catch {
                throw Fault(.unreadableFile, path, "cannot be read after line \(number)")
            }
            if block.isEmpty { break }
            rest.append(block)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                try await hand(rest[rest.startIndex..<end], number, to: body)
                rest = rest[(end + 1)...]
            }
            guard rest.count <= Self.longestLine else {
                throw Fault(.unreadableFile, "\(path):\(number + 1)", "is longer than \(Self.longestLine >> 20) MiB")
            }
            rest = Data(rest)
        }
        if !rest.isEmpty { try await hand(rest, number + 1, to: body) }
    }

    private func hand(_ line: Data, _ number: Int, to body: (Int, Data) async throws -> Void) async throws {
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
        try await body(number, Data(line))
    }
}
