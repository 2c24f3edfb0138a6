public import Core
import Foundation
import Routing

/// Reads files of recorded outcomes, one pass each: lines into a table, their texts into vectors and skills.
public struct OutcomeReading: Sendable {
    private static let batch = 64
    /// More are refused.
    private static let mostOutcomes = 100_000_000

    private let embedder: any Embedder
    private let annotator: LexicalAnnotator
    private let vectorFolder: String

    /// - Parameters:
    ///   - skills: what questions may need; keywords recorded in a file come before what their words say.
    ///   - vectorFolder: where vectors are kept between runs. Made if it is not there.
    public init(embedder: any Embedder, skills: [Skill], vectorFolder: String) {
        self.embedder = embedder
        annotator = LexicalAnnotator(skills: skills)
        self.vectorFolder = vectorFolder
    }

    /// What the files hold together. A line that cannot be used is left out and listed in the table.
    /// Throws a `Fault` if a file cannot be read or nothing can be used.
    public func read(
        _ paths: [String], progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> RecordedOutcomes {
        var table = OutcomeTable()
        try FileManager.default.createDirectory(atPath: vectorFolder, withIntermediateDirectories: true)
        let writing = try VectorWriting(folder: vectorFolder, embedder: embedder.name)
        var texts: [String] = []
        var isTooLarge = false
        for path in paths {
            try await LineFile(path: path).forEachLine { number, bytes in
                do throws(OutcomeLine.Refusal) {
                    let line = try OutcomeLine(bytes, number: number)
                    table.add(line, skills: skills(of: line))
                    texts.append(line.embedded)
                    isTooLarge = table.outcomeCount > Self.mostOutcomes
                } catch {
                    table.addBroken(.init(file: path, number: number, reason: error.reason))
                }
                if isTooLarge {
                    throw Fault(
                        .tooLarge, "\(path):\(number)", "is the end of \(table.outcomeCount) outcomes",
                        expected: "At most \(Self.mostOutcomes) together", hint: "Replay fewer files at once")
                }
                if texts.count == Self.batch {
                    try await writing.add(texts, embedder)
                    texts = []
                    progress(table.questionCount)
                }
            }
        }
        try await writing.add(texts, embedder)
        guard table.questionCount > 0 else {
            let first = table.brokenLines.first.map { ", the first because it \($0.reason)" } ?? ""
            throw Fault(
                .unreadableFile, paths.joined(separator: ", "),
                "holds no outcome that can be used: \(table.brokenCount) lines were left out\(first)",
                expected: #"Lines such as {"id": "1", "question": "…", "outcomes": {"expert": {"score": 1}}}"#)
        }
        return RecordedOutcomes(table: table, vectors: try writing.finish(), embedder: embedder.name, files: paths)
    }

    private func skills(of line: OutcomeLine) -> [SkillName] {
        if !line.keywords.isEmpty { return line.keywords.map { SkillName($0) } }
        return annotator.find(in: line.question).map(\.skill)
    }
}

/// Recorded outcomes and the vectors of their questions.
public struct RecordedOutcomes: Sendable {
    public let table: OutcomeTable
    let vectors: VectorFile
    public let embedder: String
    public let files: [String]
}

extension OutcomeLine {
    /// What is embedded: the question and what it offers, as somebody would ask it.
    var embedded: String { choices.isEmpty ? question : question + "\n" + choices.joined(separator: "\n") }
}
