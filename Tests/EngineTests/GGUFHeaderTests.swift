import Engine
import Foundation
import Testing

struct GGUFHeaderTests {
    @Test(arguments: [2, 3] as [UInt32])
    func readsAWholeHeader(version: UInt32) throws {
        let header = try read(bytes(version: version, tensors: 2, entries: 3), fileSize: 1000)
        #expect(header.version == version)
        #expect(header.tensorCount == 2)
        #expect(header.metadataCount == 3)
    }

    @Test func acceptsAFileOfNothingButItsHeader() throws {
        let header = try read(bytes(version: 3, tensors: 0, entries: 0), fileSize: 24)
        #expect(header.tensorCount == 0)
    }

    @Test(arguments: 0..<24)
    func refusesATruncatedHeaderAndSaysHowLongItIs(length: Int) {
        let start = Array(bytes(version: 3, tensors: 0, entries: 0).prefix(length))
        #expect(
            refusal(start, fileSize: UInt64(length))
                == GGUFRefusal(offset: UInt64(length), reason: .truncated(found: UInt64(length), needed: 24)))
    }

    @Test func refusesAFileSmallerThanTheBytesGiven() {
        #expect(
            refusal(bytes(version: 3, tensors: 0, entries: 0), fileSize: 10)?.reason
                == .truncated(found: 10, needed: 24))
    }

    @Test func refusesAnotherKindOfFileAndShowsItsStart() {
        let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
        #expect(refusal(zip, fileSize: 4) == GGUFRefusal(offset: 0, reason: .notGGUF(found: "50 4b 03 04")))
    }

    @Test(arguments: [0, 1, 4, 0xFFFF_FFFF] as [UInt32])
    func refusesAVersionItDoesNotKnow(version: UInt32) {
        #expect(
            refusal(bytes(version: version, tensors: 0, entries: 0), fileSize: 24)
                == GGUFRefusal(offset: 4, reason: .unsupportedVersion(version)))
    }

    @Test func namesABigEndianFile() {
        let turnedNumbers = bytes(version: UInt32(3).byteSwapped, tensors: 1, entries: 1)
        #expect(refusal(turnedNumbers, fileSize: 1000) == GGUFRefusal(offset: 4, reason: .bigEndian))
        let turnedLetters = Array("FUGG".utf8) + turnedNumbers.dropFirst(4)
        #expect(refusal(turnedLetters, fileSize: 1000) == GGUFRefusal(offset: 0, reason: .bigEndian))
    }

    /// 24 + 2 · 24 + 3 · 13 = 111 bytes are the least for two tensors and three entries.
    @Test func holdsTheCountsToTheRoomInTheFile() throws {
        let start = bytes(version: 3, tensors: 2, entries: 3)
        #expect(try read(start, fileSize: 111).metadataCount == 3)
        #expect(
            refusal(start, fileSize: 110)
                == GGUFRefusal(offset: 16, reason: .tooManyMetadataEntries(found: 3, most: 2)))
        #expect(refusal(start, fileSize: 71) == GGUFRefusal(offset: 8, reason: .tooManyTensors(found: 2, most: 1)))
    }

    @Test(arguments: [UInt64.max, 1 << 63, UInt64.max / 24, UInt64.max / 24 + 1, UInt64.max / 13 + 1])
    func hostileCountsAreRefusedWithoutOverflow(count: UInt64) {
        let most = UInt64(1_000_000 - 24)
        #expect(
            refusal(bytes(version: 3, tensors: count, entries: 0), fileSize: 1_000_000)?.reason
                == .tooManyTensors(found: count, most: most / 24))
        #expect(
            refusal(bytes(version: 3, tensors: 0, entries: count), fileSize: 1_000_000)?.reason
                == .tooManyMetadataEntries(found: count, most: most / 13))
        #expect(refusal(bytes(version: 3, tensors: count, entries: count), fileSize: .max) != nil)
    }

    @Test func readsAFileOnDisk() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gguf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes(version: 3, tensors: 1, entries: 1) + [UInt8](repeating: 0, count: 37)).write(to: file)
        #expect(try GGUFHeader(readingFileAt: file.path()).tensorCount == 1)
        try Data(bytes(version: 3, tensors: 1, entries: 1) + [UInt8](repeating: 0, count: 36)).write(to: file)
        #expect(throws: GGUFRefusal(offset: 16, reason: .tooManyMetadataEntries(found: 1, most: 0))) {
            try GGUFHeader(readingFileAt: file.path())
        }
    }

    @Test func saysThatAMissingFileCannotBeRead() {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        let refusal = #expect(throws: GGUFRefusal.self) { try GGUFHeader(readingFileAt: path) }
        guard case .unreadable = refusal?.reason else {
            Issue.record("found \(String(describing: refusal))")
            return
        }
    }

    private func bytes(version: UInt32, tensors: UInt64, entries: UInt64) -> [UInt8] {
        var result = Array("GGUF".utf8)
        withUnsafeBytes(of: version.littleEndian) { result += $0 }
        withUnsafeBytes(of: tensors.littleEndian) { result += $0 }
        withUnsafeBytes(of: entries.littleEndian) { result += $0 }
        return result
    }

    private func read(_ start: [UInt8], fileSize: UInt64) throws -> GGUFHeader {
        try GGUFHeader(start: start.span, fileSize: fileSize)
    }

    private func refusal(_ start: [UInt8], fileSize: UInt64) -> GGUFRefusal? {
        do {
            _ = try GGUFHeader(start: start.span, fileSize: fileSize)
            return nil
        } catch {
            return error
        }
    }
}
