import Core
import Store
import Testing

struct BatchTableTests {
    private static let moment = Timestamp(microseconds: 1_700_000_000_000_000)

    private static func file(_ id: String, bytes: Int = 0, purpose: String = "batch") -> StoredFile {
        StoredFile(id: id, name: "q.jsonl", purpose: purpose, bytes: bytes, createdAt: moment)
    }

    private static func batch(_ id: String = "batch_1") -> Batch {
        Batch(
            id: id, endpoint: "/v1/chat/completions", inputFile: "file-1", window: "24h", metadata: ["a": "b"],
            createdAt: moment, expiresAt: Timestamp(microseconds: moment.microseconds + 1))
    }

    private static func line(_ index: Int) -> BatchLine {
        BatchLine(index: index, customID: "q\(index)", body: Array("{\"n\":\(index)}".utf8))
    }

    private static func content(_ id: String, _ store: SQLiteStore) async throws -> (text: String, parts: Int) {
        var bytes: [UInt8] = []
        var place: Int?
        var parts = 0
        repeat {
            let part = try #require(try await store.content(of: id, from: place))
            bytes += part.bytes
            place = part.next
            parts += 1
        } while place != nil
        return (String(decoding: bytes, as: UTF8.self), parts)
    }

    @Test func aFileComesBackAsItWasAndInParts() async throws {
        let store = try Samples.store(":memory:")
        let long = Array(Samples.hugeText.utf8)
        try await store.add(Self.file("file-1"), content: long)
        let found = try #require(try await store.file("file-1"))
        #expect(found == Self.file("file-1", bytes: long.count))
        let (text, parts) = try await Self.content("file-1", store)
        #expect(Array(text.utf8) == long)
        #expect(parts == (long.count + (1 << 20) - 1) >> 20)
        #expect(try await store.content(of: "file-2", from: nil) == nil)
    }

    @Test func filesAreListedNewestFirstInPages() async throws {
        let store = try Samples.store(":memory:")
        for number in 1...5 { try await store.add(Self.file("file-\(number)"), content: [1]) }
        #expect(try await store.files(purpose: nil, after: nil, limit: 2).map(\.id) == ["file-5", "file-4"])
        #expect(
            try await store.files(purpose: "batch", after: "file-4", limit: 9).map(\.id) == [
                "file-3", "file-2", "file-1",
            ])
        #expect(try await store.files(purpose: "other", after: nil, limit: 9).isEmpty)
        #expect(try await store.deleteFile("file-3"))
        #expect(try await !store.deleteFile("file-3"))
        #expect(try await store.file("file-3") == nil)
    }

    @Test func aBatchIsChangedAsItStandsAndKeptWhole() async throws {
        let folder = try TemporaryFolder()
        let first = try Samples.store(folder.file)
        _ = try await first.add(Self.batch(), key: nil)
        let changed = try await first.change("batch_1") { batch in
            batch.counts.total = 3
            batch.problems = [Batch.Problem(code: "c", message: "m", line: 2)]
            batch.reach(.inProgress, at: Self.moment)
        }
        try await first.close()
        let second = try Samples.store(folder.file)
        #expect(try await second.batch("batch_1") == changed)
        #expect(changed?.reached == ["in_progress": Self.moment])
        #expect(try await second.nextOpenBatch() == changed)
        _ = try await second.change("batch_1") { $0.reach(.completed, at: Self.moment) }
        #expect(try await second.nextOpenBatch() == nil)
        #expect(try await second.change("batch_2") { _ in } == nil)
    }

    @Test func ofTwoBatchesWithOneKeyTheFirstStands() async throws {
        let store = try Samples.store(":memory:")
        let first = try await store.add(Self.batch("batch_1"), key: "k")
        let again = try await store.add(Self.batch("batch_2"), key: "k")
        #expect(again == first)
        _ = try await store.add(Self.batch("batch_3"), key: nil)
        _ = try await store.add(Self.batch("batch_4"), key: nil)
        #expect(try await store.batches(after: nil, limit: 9).map(\.id) == ["batch_4", "batch_3", "batch_1"])
        #expect(try await store.batches(after: "batch_3", limit: 9).map(\.id) == ["batch_1"])
    }

    @Test func aResultStandsOnceKeptAndIsCounted() async throws {
        let store = try Samples.store(":memory:")
        _ = try await store.add(Self.batch(), key: nil)
        try await store.add((0..<4).map(Self.line), to: "batch_1")
        try await store.add((0..<4).map(Self.line), to: "batch_1")
        #expect(try await store.openLines(of: "batch_1", limit: 2) == [Self.line(0), Self.line(1)])
        try await store.keep(Array("right".utf8), failed: false, of: 1, in: "batch_1")
        try await store.keep(Array("again".utf8), failed: true, of: 1, in: "batch_1")
        try await store.keep(Array("wrong".utf8), failed: true, of: 2, in: "batch_1")
        #expect(try await store.openLines(of: "batch_1", limit: 9).map(\.index) == [0, 3])
        let counts = try #require(try await store.batch("batch_1")).counts
        #expect(counts.completed == 1 && counts.failed == 1)
        try await store.closeLines(of: "batch_1") { Array("late \($0.customID)".utf8) }
        let made = try await store.makeFiles(
            of: "batch_1", output: Self.file("out", purpose: "batch_output"),
            errors: Self.file("err", purpose: "batch_output"))
        #expect(made.output && made.errors)
        #expect(try await Self.content("out", store).text == "right\n")
        #expect(try await Self.content("err", store).text == "late q0\nwrong\nlate q3\n")
        #expect(try await store.file("err")?.bytes == 22)
    }

    @Test func resultsGoWithTheirFile() async throws {
        let store = try Samples.store(":memory:")
        _ = try await store.add(Self.batch(), key: nil)
        try await store.add([Self.line(0)], to: "batch_1")
        try await store.keep([1, 2], failed: false, of: 0, in: "batch_1")
        let made = try await store.makeFiles(of: "batch_1", output: Self.file("out"), errors: Self.file("err"))
        #expect(made.output && !made.errors)
        #expect(try await store.deleteFile("out"))
        #expect(try await store.content(of: "out", from: nil) == nil)
        #expect(try await store.openLines(of: "batch_1", limit: 9).isEmpty)
    }

    /// 300 lines are three parts of 128: nothing is lost where one ends.
    @Test func manyResultsComeInParts() async throws {
        let store = try Samples.store(":memory:")
        _ = try await store.add(Self.batch(), key: nil)
        try await store.add((0..<300).map(Self.line), to: "batch_1")
        try await store.closeLines(of: "batch_1") { Array($0.customID.utf8) }
        _ = try await store.makeFiles(of: "batch_1", output: Self.file("out"), errors: Self.file("err"))
        let (text, parts) = try await Self.content("err", store)
        #expect(text == (0..<300).map { "q\($0)\n" }.joined())
        #expect(parts == 3)
    }

    @Test func whatAnExpertSaidIsKeptUntilItsLineIsDone() async throws {
        let store = try Samples.store(":memory:")
        _ = try await store.add(Self.batch(), key: nil)
        try await store.add([Self.line(0)], to: "batch_1")
        let answer = Answer(expert: "a", text: "said", usage: Usage(promptTokens: 1, completionTokens: 2))
        try await store.keep(answer, "k", line: 0, in: "batch_1")
        #expect(try await store.answer("k", line: 0, in: "batch_1") == answer)
        #expect(try await store.answer("other", line: 0, in: "batch_1") == nil)
        try await store.keep([1], failed: false, of: 0, in: "batch_1")
        #expect(try await store.answer("k", line: 0, in: "batch_1") == nil)
    }
}
