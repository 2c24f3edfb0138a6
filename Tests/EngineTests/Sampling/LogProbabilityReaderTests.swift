import Engine
import Foundation
import Support
import Testing

struct LogProbabilityReaderTests {
    /// Logits 0, ln 3, ln 4 are shares 1/8, 3/8, 4/8.
    @Test func readsTheChosenTokenAndTheLikeliest() throws {
        var reader = try LogProbabilityReader(likeliest: 2)
        let row: [Float] = [0, Float(log(3.0)), Float(log(4.0))]
        let found = reader.read(row.span, chosen: 0)
        #expect(found.chosen.token == 0)
        #expect(abs(found.chosen.logProbability - log(0.125)) < 1e-6)
        #expect(found.likeliest.map { $0.token } == [2, 1])
        #expect(abs(found.likeliest[0].logProbability - log(0.5)) < 1e-6)
        #expect(abs(found.likeliest[1].logProbability - log(0.375)) < 1e-6)
    }

    @Test(arguments: [0, 1, 20]) func givesAsManyAsAskedFor(count: Int) throws {
        var reader = try LogProbabilityReader(likeliest: count)
        let flat = [Float](repeating: 7, count: 40)
        #expect(reader.read(flat.span, chosen: 3).likeliest.map { $0.token } == Array(0..<count))
        let single: [Float] = [7]
        #expect(reader.read(single.span, chosen: 0).likeliest.count == min(count, 1))
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func agreesWithAPlainLogSoftmax(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let lengths = [1, 7, 8, 9, 1023, 1024, 1025, 4100]
        let spread = [0.5, 5, 100][Int(seed) % 3]
        let row = (0..<lengths[Int(seed) % lengths.count]).map { _ in
            Float(Double.random(in: -spread...spread, using: &random) + 300)
        }
        let best = row.reduce(-.infinity) { max($0, $1) }
        let sum = row.reduce(0.0) { $0 + exp(Double($1) - Double(best)) }
        var reader = try LogProbabilityReader(likeliest: 20)
        let chosen = Int.random(in: 0..<row.count, using: &random)
        let found = reader.read(row.span, chosen: chosen)
        let order = row.indices.sorted { row[$0] > row[$1] || (row[$0] == row[$1] && $0 < $1) }
        #expect(found.likeliest.map { $0.token } == Array(order.prefix(20)))
        for entry in found.likeliest + [found.chosen] {
            #expect(abs(entry.logProbability - (Double(row[entry.token]) - Double(best) - log(sum))) < 2e-6)
            #expect(entry.logProbability <= 1e-6)
        }
    }

    @Test func whatIsNoNumberIsRuledOut() throws {
        var reader = try LogProbabilityReader(likeliest: 5)
        let row: [Float] = [.nan, 0, -.infinity, 0]
        let found = reader.read(row.span, chosen: 0)
        #expect(found.chosen.logProbability == -.infinity)
        #expect(found.likeliest.map { $0.token } == [1, 3])
        #expect(abs(found.likeliest[1].logProbability - log(0.5)) < 1e-6)
        #expect(reader.read(row.span, chosen: 2).chosen.logProbability == -.infinity)
        let nothing: [Float] = [.nan, -.infinity]
        #expect(reader.read(nothing.span, chosen: 1).likeliest.isEmpty)
        #expect(reader.read(nothing.span, chosen: 1).chosen.logProbability == -.infinity)
    }

    @Test func infiniteLogitsShareEverything() throws {
        var reader = try LogProbabilityReader(likeliest: 3)
        let row: [Float] = [1, .infinity, .infinity]
        let found = reader.read(row.span, chosen: 0)
        #expect(found.chosen.logProbability == -.infinity)
        #expect(found.likeliest.map { $0.token } == [1, 2, 0])
        #expect(abs(found.likeliest[0].logProbability - log(0.5)) < 1e-6)
    }

    @Test(arguments: [-1, 21]) func refusesAnotherNumberOfTokens(count: Int) {
        let refusal = #expect(throws: SamplingRefusal.self) { try LogProbabilityReader(likeliest: count) }
        #expect(refusal?.description == "top_logprobs: found \(count), expected a whole number from 0 to 20.")
    }
}
