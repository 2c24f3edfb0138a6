import Engine
import Support
import Testing

struct SentenceEncoderTests {
    private func with<Result>(
        _ model: TinyEncoderFolder = TinyEncoderFolder(), threads: Int = 1,
        _ body: (SentenceEncoder) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            try model.write(to: folder)
            return try body(SentenceEncoder(readingFolder: folder, threads: threads))
        }
    }

    private func rows(_ lengths: [Int], seed: UInt64) -> [[Int32]] {
        var random = TestRandom(seed: seed)
        return lengths.map { length in
            (0..<length).map { _ in Int32.random(in: 0..<Int32(TinyEncoderFolder.pieces.count), using: &random) }
        }
    }

    /// Every length up to all positions, with weights of several seeds, against the plain reading in Double.
    @Test(arguments: [UInt64(1), 2, 3])
    func agreesWithAPlainReadingInDouble(seed: UInt64) throws {
        let model = TinyEncoderFolder(seed: seed)
        let rows = rows(Array(1...TinyEncoderFolder.positions), seed: seed)
        let vectors = try with(model) { $0.vectors(of: rows) }
        for (row, vector) in zip(rows, vectors) {
            let plain = PlainEncoder(model: model).vector(row.map(Int.init))
            #expect(vector.count == TinyEncoderFolder.hidden)
            for (found, exact) in zip(vector, plain) { #expect(abs(Double(found) - exact) < 3e-6) }
        }
    }

    /// The law of its documentation: neither company nor threads change a bit.
    @Test func aVectorDoesNotDependOnCompanyOrThreads() throws {
        let rows = rows([1, 40, 7, 2, 33, 40, 40, 40, 40, 40, 40, 40, 18, 5], seed: 9)
        let together = try with { $0.vectors(of: rows) }
        let alone = try with { encoder in rows.map { encoder.vectors(of: [$0])[0] } }
        let threaded = try with(threads: 3) { $0.vectors(of: rows) }
        #expect(together == alone)
        #expect(together == threaded)
        #expect(Set(together).count == rows.count)
    }

    @Test func aTextIsReadUpToTheLastPosition() throws {
        try with { encoder in
            #expect(encoder.dimension == TinyEncoderFolder.hidden)
            #expect(encoder.mostTokens == TinyEncoderFolder.positions)
            let words = String(repeating: "cat ", count: TinyEncoderFolder.positions - 2)
            let vectors = encoder.encode([words, words + "sat", words + "the the", "cat"])
            #expect(vectors[0] == vectors[1] && vectors[0] == vectors[2] && vectors[0] != vectors[3])
            #expect(encoder.encode([]).isEmpty)
        }
    }

    @Test func everyVectorHasUnitLength() throws {
        try with { encoder in
            for vector in encoder.encode(["", "The cat sat.", "漢字 \u{0}", String(repeating: "x", count: 5_000)]) {
                #expect(abs(vector.reduce(0) { $0 + Double($1) * Double($1) } - 1) < 1e-6)
            }
        }
    }

    /// A model saved as a part of another has `bert.` in front of every name.
    @Test func namesMayHaveAPrefix() throws {
        let model = TinyEncoderFolder()
        var renamed = model
        renamed.tensors = model.tensors.map { ("bert." + $0.name, $0.tensor) }
        #expect(try with(renamed) { $0.encode(["the cat"]) } == with(model) { $0.encode(["the cat"]) })
    }
}
