import Engine
import Foundation
import Testing

struct MappedFileTests {
    @Test func lendsTheBytesOfARange() throws {
        try TemporaryFile.with(Array(0..<200)) { path in
            let file = try MappedFile(readingFileAt: path)
            #expect(file.byteCount == 200)
            #expect(try copy(file, 10..<13) == [10, 11, 12])
            #expect(try copy(file, 0..<200) == Array(0..<200))
            #expect(try copy(file, 200..<200) == [])
        }
    }

    @Test(arguments: [0..<201, 200..<201, -1..<3, -5 ..< -2, 0..<Int.max, Int.max - 1..<Int.max, Int.min..<1])
    func refusesARangeOutsideTheFile(range: Range<Int>) throws {
        try TemporaryFile.with(Array(0..<200)) { path in
            let file = try MappedFile(readingFileAt: path)
            #expect(throws: GGUFRefusal.self) { try copy(file, range) }
        }
    }

    @Test func anEmptyFileHasNoBytes() throws {
        try TemporaryFile.with([]) { path in
            let file = try MappedFile(readingFileAt: path)
            #expect(file.byteCount == 0)
            #expect(try copy(file, 0..<0) == [])
            #expect(throws: GGUFRefusal(offset: 0, reason: .truncated(found: 0, needed: 1))) { try copy(file, 0..<1) }
        }
    }

    @Test func readsTheBytesOfARangePastTheMapping() throws {
        try TemporaryFile.with(Array(0..<200)) { path in
            let file = try MappedFile(readingFileAt: path)
            #expect(try read(file, 10..<13) == [10, 11, 12])
            #expect(try read(file, 0..<200) == Array(0..<200))
            #expect(try read(file, 200..<200) == [])
            #expect(throws: GGUFRefusal(offset: 199, reason: .truncated(found: 200, needed: 201))) {
                try read(file, 199..<201)
            }
            // What has become of the file since it was opened is seen, and no crash.
            #expect(truncate(path, 150) == 0)
            #expect(try read(file, 100..<150) == Array(100..<150))
            #expect(throws: GGUFRefusal(offset: 100, reason: .truncated(found: 150, needed: 151))) {
                try read(file, 100..<151)
            }
        }
    }

    private func read(_ file: MappedFile, _ range: Range<Int>) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count + 1)
        try bytes.withUnsafeMutableBytes { try file.read(range, into: #require($0.baseAddress)) }
        #expect(bytes.last == 0)
        return bytes.dropLast()
    }

    @Test func outlivesTheNameOfTheFile() throws {
        let file = try TemporaryFile.with([7, 8]) { try MappedFile(readingFileAt: $0) }
        #expect(try copy(file, 0..<2) == [7, 8])
    }

    @Test func refusesWhatIsMissingOrNoOrdinaryFile() throws {
        let folder = FileManager.default.temporaryDirectory
        #expect(throws: GGUFRefusal(offset: 0, reason: .unreadable("No such file or directory"))) {
            try MappedFile(readingFileAt: folder.appending(path: UUID().uuidString).path())
        }
        #expect(throws: GGUFRefusal(offset: 0, reason: .unreadable("it is not an ordinary file"))) {
            try MappedFile(readingFileAt: folder.path())
        }
    }

    /// A pipe without a writer would keep an ordinary open waiting for ever.
    @Test(.timeLimit(.minutes(1))) func doesNotWaitForANamedPipe() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(throws: GGUFRefusal(offset: 0, reason: .unreadable("it is not an ordinary file"))) {
            try MappedFile(readingFileAt: path)
        }
    }

    private static let maps = "/proc/self/maps"

    @Test(.enabled(if: FileManager.default.fileExists(atPath: maps), "this system has no list of mappings"))
    func isUnmappedWithItsLastOwner() throws {
        try TemporaryFile.with([1, 2, 3]) { path in
            let name = try #require(path.split(separator: "/").last)
            do {
                let file = try MappedFile(readingFileAt: path)
                #expect(try mappings().contains(name))
                #expect(try copy(file, 0..<3) == [1, 2, 3])
            }
            #expect(try !mappings().contains(name))
        }
    }

    /// The system states no size for the list, so it is read to its end.
    private func mappings() throws -> String {
        let list = try #require(FileHandle(forReadingAtPath: Self.maps))
        defer { try? list.close() }
        return try String(decoding: list.readToEnd() ?? Data(), as: UTF8.self)
    }

    private func copy(_ file: MappedFile, _ range: Range<Int>) throws -> [UInt8] {
        try file.withBytes(range) { bytes in bytes.withUnsafeBufferPointer { Array($0) } }
    }
}
