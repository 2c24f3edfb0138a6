import Bench
import Core
import Foundation
import Synchronization
import Testing

struct SuitePullTests {
    /// Sends a file in pieces of ten bytes, and may break off.
    private final class FakeFetcher: FileFetcher {
        struct Gone: Error {}

        private let bytes: [UInt8]
        private let breaksAfter: Int
        private let resumes: Bool
        private let asked = Mutex<[Int]>([])

        init(_ bytes: [UInt8], breaksAfter: Int = .max, resumes: Bool = true) {
            self.bytes = bytes
            self.breaksAfter = breaksAfter
            self.resumes = resumes
        }

        var offsets: [Int] { asked.withLock { $0 } }

        func fetch(_ url: String, from offset: Int, into sink: (FilePiece) throws -> Void) async throws {
            asked.withLock { $0.append(offset) }
            let begin = resumes ? offset : 0
            for start in stride(from: begin, to: bytes.count, by: 10) {
                if start - begin >= breaksAfter { throw Gone() }
                try sink(FilePiece(offset: start, bytes: Array(bytes[start..<min(start + 10, bytes.count)])))
            }
        }
    }

    /// A folder of its own, removed at the end.
    private final class Folder {
        let path = NSTemporaryDirectory() + "muster-pull-\(UUID().uuidString)/deep"

        deinit { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }

        var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

        func bytes(of name: String) -> [UInt8]? {
            FileManager.default.contents(atPath: "\(path)/\(name)").map(Array.init)
        }
    }

    private let bytes = (0..<95).map { UInt8($0) }

    /// Its checksum is what `sha256sum` says of the bytes 0 to 94.
    private let source = SuiteSpec.Part(
        name: "test", purpose: .test, url: "https://there/x.jsonl",
        sha256: "7d1905a3ace827ea1ac51c4fa08c281ed3be87e7f4e928d696bfde35c8f2dc0f", size: 95, file: "x.jsonl")

    @Test func fetchesChecksAndPutsTheFileInPlace() async throws {
        let folder = Folder()
        let fetcher = FakeFetcher(bytes)
        var steps: [SuitePull.Progress] = []
        let outcome = try await SuitePull(folder: folder.path, fetcher: fetcher).pull(source) { steps.append($0) }
        #expect((outcome.wasThere, outcome.fetched, outcome.resumedAt) == (false, 95, 0))
        #expect(outcome.path == folder.path + "/x.jsonl")
        #expect(folder.names == ["x.jsonl"])
        #expect(folder.bytes(of: "x.jsonl") == bytes)
        #expect(steps.last?.done == 95)
        #expect(steps.allSatisfy { $0.total == 95 })
    }

    @Test func aFileThatIsThereIsNotFetchedAgain() async throws {
        let folder = Folder()
        let fetcher = FakeFetcher(bytes)
        let pull = SuitePull(folder: folder.path, fetcher: fetcher)
        _ = try await pull.pull(source) { _ in }
        let again = try await pull.pull(source) { _ in }
        #expect((again.wasThere, again.fetched) == (true, 0))
        #expect(fetcher.offsets == [0])
    }

    @Test func goesOnWhereAnEarlierTryStopped() async throws {
        let folder = Folder()
        await #expect(throws: FakeFetcher.Gone.self) {
            try await SuitePull(folder: folder.path, fetcher: FakeFetcher(bytes, breaksAfter: 40)).pull(source) { _ in }
        }
        #expect(folder.names == ["x.jsonl.part"], "half a file never has the name of a whole one")
        let fetcher = FakeFetcher(bytes)
        let outcome = try await SuitePull(folder: folder.path, fetcher: fetcher).pull(source) { _ in }
        #expect(fetcher.offsets == [40])
        #expect((outcome.fetched, outcome.resumedAt) == (55, 40))
        #expect(folder.bytes(of: "x.jsonl") == bytes)
        #expect(folder.names == ["x.jsonl"])
    }

    @Test func aServerThatCannotGoOnSendsEverything() async throws {
        let folder = Folder()
        await #expect(throws: FakeFetcher.Gone.self) {
            try await SuitePull(folder: folder.path, fetcher: FakeFetcher(bytes, breaksAfter: 40)).pull(source) { _ in }
        }
        let whole = FakeFetcher(bytes, resumes: false)
        let outcome = try await SuitePull(folder: folder.path, fetcher: whole).pull(source) { _ in }
        #expect((outcome.fetched, outcome.resumedAt) == (95, 0))
        #expect(folder.bytes(of: "x.jsonl") == bytes)
    }

    @Test func anotherFileIsRefusedWithBothChecksums() async throws {
        let folder = Folder()
        var other = bytes
        other[50] = 0
        let found = "2699de6cbf20c0f48374dce68d1ab62f29cc220a0042f8c0e5588d51a6378600"
        let fault = await #expect(throws: Fault.self) {
            try await SuitePull(folder: folder.path, fetcher: FakeFetcher(other)).pull(source) { _ in }
        }
        #expect(fault?.code == .checksumMismatch)
        #expect(fault?.found == "has the checksum \(found)")
        #expect(fault?.expected == "Expected \(source.sha256 ?? ""), 95 bytes")
        #expect(folder.names.isEmpty, "nothing of it is kept")
    }

    @Test func aFileThatGoesOnForeverIsCutOff() async throws {
        let folder = Folder()
        let endless = FakeFetcher(Array(repeating: 7, count: 100_000))
        var most = 0
        let fault = await #expect(throws: Fault.self) {
            try await SuitePull(folder: folder.path, fetcher: endless).pull(source) { most = max(most, $0.done) }
        }
        #expect(fault?.found == "is larger than 95 bytes")
        #expect(most <= 95)
        #expect(folder.names.isEmpty)
    }

    @Test func aFileThatEndsEarlySaysSoAndIsKept() async throws {
        let folder = Folder()
        let fault = await #expect(throws: Fault.self) {
            try await SuitePull(folder: folder.path, fetcher: FakeFetcher(Array(bytes.prefix(30)))).pull(source) { _ in
            }
        }
        #expect(
            fault?.sentence == "https://there/x.jsonl: ended after 30 of 95 bytes. Pull again: it goes on from there.")
        #expect(folder.bytes(of: "x.jsonl.part") == Array(bytes.prefix(30)))
    }

    @Test func aDamagedFileIsReplaced() async throws {
        let folder = Folder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: folder.path + "/x.jsonl", contents: Data(bytes.reversed())))
        #expect(FileManager.default.createFile(atPath: folder.path + "/x.jsonl.part", contents: Data(count: 500)))
        let outcome = try await SuitePull(folder: folder.path, fetcher: FakeFetcher(bytes)).pull(source) { _ in }
        #expect((outcome.wasThere, outcome.fetched) == (false, 95))
        #expect(folder.bytes(of: "x.jsonl") == bytes)
    }

    @Test func aFileWithoutAPublishedChecksumIsHeldToItsFirstDownload() async throws {
        let folder = Folder()
        var part = source
        (part.sha256, part.size) = (nil, nil)
        let first = try await SuitePull(folder: folder.path, fetcher: FakeFetcher(bytes)).pull(part) { _ in }
        #expect((first.isFirst, first.sha256, first.size) == (true, source.sha256 ?? "", 95))
        #expect(folder.names == ["x.jsonl", "x.jsonl.sha256"])
        let again = try await SuitePull(folder: folder.path, fetcher: FakeFetcher(bytes)).pull(part) { _ in }
        #expect((again.isFirst, again.wasThere) == (false, true))
        try FileManager.default.removeItem(atPath: folder.path + "/x.jsonl")
        let other = FakeFetcher(bytes.reversed())
        let fault = await #expect(throws: Fault.self) {
            try await SuitePull(folder: folder.path, fetcher: other).pull(part) { _ in }
        }
        #expect(fault?.code == .checksumMismatch)
    }

    @Test func aSplitThatASuiteHasNotIsRefused() throws {
        #expect(try Suite.gsm8k.part("train").file == "train.jsonl")
        #expect(try Suite.gsm8k.part(nil).name == "test")
        let fault = #expect(throws: Fault.self) { try Suite.gsm8k.part("trian") }
        #expect(fault?.sentence == "split of gsm8k \"trian\": there is no such split of gsm8k. Did you mean train?")
    }
}
