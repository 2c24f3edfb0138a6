import Bench
import Core
import Foundation
import Testing

/// Files of recorded outcomes are hostile until parsed; what can be used is used, what cannot is named.
struct OutcomeReadingTests {
    @Test func brokenLinesAreNamedByNumberAndTheRestIsUsed() async throws {
        let good = RecordedSample.lines(3)
        let recorded = try await RecordedSample().read([
            good[0], "not json", #"{"question":"x"}"#, good[1],
            #"{"question":"x","outcomes":{"m":{"score":1.5}}}"#, #"{"question":"x","outcomes":{"m":{"answer":"A"}}}"#,
            good[2],
        ])
        #expect(recorded.table.questionCount == 3)
        #expect(recorded.table.brokenLines.map(\.number) == [2, 3, 5, 6])
        #expect(recorded.table.brokenLines[0].reason == "is not a JSON object")
        #expect(recorded.table.brokenLines[1].reason == #"has no "outcomes": {"expert": {"score": 0…1}, …}"#)
        #expect(recorded.table.brokenLines[2].reason == "has 1.5 as the score of m, expected 0 to 1")
        #expect(recorded.table.brokenLines[3].reason == "has no number as the score of m")
    }

    @Test func aFileWithNothingUsableSaysWhatALineLooksLike() async throws {
        await #expect {
            _ = try await RecordedSample().read(["{}", "[]"])
        } throws: { error in
            (error as? Fault)?.sentence.contains("2 lines were left out, the first because it has no \"question\"")
                ?? false
        }
    }

    @Test func packedFilesReadAsTheirContent() async throws {
        let sample = try RecordedSample()
        let path = try sample.write(RecordedSample.lines(30))
        let packing = Process()
        packing.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        packing.arguments = ["gzip", "-k", path]
        try packing.run()
        packing.waitUntilExit()
        let recorded = try await sample.read(files: [path + ".gz"])
        #expect(recorded.table.questionCount == 30)
        #expect(recorded.table.experts.sorted() == ["even", "half", "odd"])
    }

    @Test func aPackedFileThatWasCutShortIsRefused() async throws {
        let sample = try RecordedSample()
        let path = sample.folder + "/cut.jsonl.gz"
        try Data([0x1F, 0x8B, 8, 0, 0, 0]).write(to: URL(fileURLWithPath: path))
        await #expect {
            _ = try await sample.read(files: [path])
        } throws: { error in
            (error as? Fault)?.sentence.contains("cannot be unpacked") ?? false
        }
    }

    @Test func aMissingFileIsNamed() async throws {
        await #expect {
            _ = try await RecordedSample().read(files: ["/nowhere/x.jsonl"])
        } throws: { ($0 as? Fault)?.sentence.hasPrefix("/nowhere/x.jsonl: there is no such file") ?? false }
    }

    @Test func vectorsAreKeptBetweenRuns() async throws {
        let sample = try RecordedSample()
        let path = try sample.write(RecordedSample.lines(10))
        _ = try await sample.read(files: [path])
        let kept = try FileManager.default.contentsOfDirectory(atPath: sample.folder + "/vectors")
        #expect(kept.count == 1 && kept[0].hasSuffix(".f32"), "one batch, and no file of the run is left")
        _ = try await sample.read(files: [path])
        #expect(try FileManager.default.contentsOfDirectory(atPath: sample.folder + "/vectors") == kept)
    }
}
