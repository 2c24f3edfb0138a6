import Engine
import Foundation
import Support
import Testing

struct RoutingTraceFileTests {
    /// 4 letters, 4 + 4 + 8 bytes of head, 2 counts of 4; then 16 + 2·2 + 2·(1 + 2) of the first layer with two tokens of
    /// one expert, and 16 of the second.
    @Test func isAsCompactAsItSays() throws {
        var trace = RoutingTrace(expertCounts: [4, 0])
        trace.layers[0].append(experts: [3], weights: [0.5])
        trace.layers[0].append(experts: [1], weights: [0.25])
        trace.dropped = 258
        let bytes = try written(trace)
        #expect(
            bytes == Array("MRTR".utf8) + [1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]
                + [2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 3, 1, 0x00, 0x38, 0x00, 0x34]
                + [UInt8](repeating: 0, count: 16))
        #expect(try read(bytes) == trace)
    }

    /// Law: everything but the weights comes back as it was, and those as the nearest half.
    @Test(arguments: 0..<20) func comesBackAsItWas(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let counts = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            [0, 1, 7, 256, 257, 65535].randomElement(using: &random) ?? 0
        }
        let tokens = Int.random(in: 0...20, using: &random)
        let trace = RoutingTrace.random(expertCounts: counts, used: 6, tokens: tokens, using: &random)
        let back = try TemporaryFile.with([]) { path in
            try RoutingTraceFile.write(trace, to: path)
            return try RoutingTraceFile.read(path)
        }
        #expect(back.expertCounts == trace.expertCounts && back.dropped == trace.dropped)
        for (old, new) in zip(trace.layers, back.layers) {
            #expect(new.rowStart == old.rowStart && new.expert == old.expert)
            #expect(zip(old.weight, new.weight).allSatisfy { abs($0 - $1) <= $0 / 2048 + 1e-7 })
        }
        #expect(try read(written(back)) == back)
    }

    /// Law: a file cut anywhere is refused, and none that was changed ends the program or names what a layer lacks.
    @Test func aDamagedFileIsRefusedOrStillATrace() throws {
        var random = TestRandom(seed: 9)
        let bytes = try written(.random(expertCounts: [8, 0, 300], used: 3, tokens: 5, using: &random))
        for count in 0..<bytes.count {
            #expect(throws: RoutingTraceRefusal.self) { try read(Array(bytes.prefix(count))) }
        }
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << UInt8(bit)
                guard let trace = try? read(changed) else { continue }
                for (count, layer) in zip(trace.expertCounts, trace.layers) {
                    #expect(layer.expert.allSatisfy { $0 < count } && layer.expert.count == layer.weight.count)
                }
            }
        }
    }

    @Test(
        arguments: [
            (0, [0x47], 0, "the file does not begin with the letters MRTR. Is this a routing trace?"),
            (4, [2], 4, "found version 2, expected 1. Record the trace anew."),
            (8, [0xFF, 0xFF, 0xFF, 0xFF], 8, "found 4294967295 layers, expected at most 1024. The file is damaged."),
            (20, [1, 0, 1], 20, "found 65537 experts in layer 0, expected at most 65536. The file is damaged."),
            (
                24, [0, 0, 0, 0, 0, 0, 0, 0x80], 40,
                "the file has 50 bytes and 18446744073709551615 are needed. Was it cut short? Record the trace anew."
            ),
            (
                32, [9], 24,
                "found 2 tokens with 9 seats in layer 0, which do not go together. The file is damaged."
            ),
            (45, [4], 45, "found expert 4 in layer 0, which has 4. The file is damaged."),
        ] as [(Int, [UInt8], Int, String)])
    func saysWhereAndWhy(place: Int, change: [UInt8], offset: Int, sentence: String) throws {
        var trace = RoutingTrace(expertCounts: [4])
        trace.layers[0].append(experts: [3], weights: [0.5])
        trace.layers[0].append(experts: [1], weights: [0.25])
        var bytes = try written(trace)
        #expect(bytes.count == 50)
        bytes.replaceSubrange(place..<place + change.count, with: change)
        let refusal = #expect(throws: RoutingTraceRefusal.self) { try read(bytes) }
        #expect(refusal.map { "\($0)" } == "routing trace, byte \(offset): \(sentence)")
    }

    @Test func refusesWhatFollowsTheEndAndWhatIsNotThere() throws {
        let bytes = try written(RoutingTrace(expertCounts: []))
        #expect(throws: RoutingTraceRefusal(offset: 20, reason: .trailing(bytes: 3))) { try read(bytes + [0, 0, 0]) }
        let missing = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        #expect(throws: RoutingTraceRefusal(offset: 0, reason: .unreadable("No such file or directory"))) {
            try RoutingTraceFile.read(missing)
        }
        #expect(throws: RoutingTraceRefusal.self) {
            try RoutingTraceFile.write(RoutingTrace(expertCounts: []), to: missing + "/trace")
        }
    }

    private func written(_ trace: RoutingTrace) throws -> [UInt8] {
        try TemporaryFile.with([]) { path in
            try RoutingTraceFile.write(trace, to: path)
            return try [UInt8](Data(contentsOf: URL(filePath: path)))
        }
    }

    private func read(_ bytes: [UInt8]) throws -> RoutingTrace {
        try RoutingTraceReader.read(bytes.span)
    }
}
