import Core
import Foundation
import Routing

extension ReplayFindings {
    /// Writes every question that was decided on, as it was recorded, with what each strategy decided: one JSON object a
    /// line, fields we do not know included. Reads the files once more; decisions must have been kept
    /// (`ReplaySettings.keepsDecisions`). Throws a `Fault` if a file cannot be read or written.
    public func writeDecisions(to path: String) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let sink = FileHandle(forWritingAtPath: path)
        else { throw Fault(.unreadableFile, path, "cannot be written", hint: "--decisions names a file in a folder") }
        defer { try? sink.close() }
        var rows: [Int: Int] = [:]
        for (row, question) in decided.enumerated() { rows[question] = row }
        var question = 0
        for file in population.recorded.files {
            try await LineFile(path: file).forEachLine { number, bytes in
                // The same lines were left out when the table was read.
                guard (try? OutcomeLine(bytes, number: number)) != nil else { return }
                defer { question += 1 }
                guard let row = rows[question],
                    var object = (try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any]
                else { return }
                object["decisions"] = tallies.map { decision($0, row) }
                let line = try JSONSerialization.data(
                    withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
                try sink.write(contentsOf: line + Data("\n".utf8))
            }
        }
    }

    private func decision(_ tally: Tally, _ row: Int) -> [String: Any] {
        let names = population.experts.map(\.id.rawValue)
        let made = tally.decisions[row]
        var found: [String: Any] = [
            "strategy": tally.strategy, "seats": tally.seats, "asked": made.heard.map { names[Int($0)] },
            "score": Double(tally.scores[row]),
        ]
        if made.standing >= 0 { found["answered_by"] = names[Int(made.standing)] }
        return found
    }
}
