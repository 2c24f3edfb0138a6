import Support

/// The files that are tried, by number; equal seeds give equal files.
struct Corpus {
    private let samples: [(name: String, bytes: [UInt8], fields: FileFields)]
    private let seed: UInt64
    /// Sample and length of each file that is cut short.
    private let cuts: [(sample: Int, length: Int)]

    /// Number of files.
    let count: Int

    /// Of the samples as many are cut, from the first.
    private static let cutSamples = 3

    init(_ samples: [SampleModel], seed: UInt64, flips: Int) {
        self.samples = samples.map { sample in
            let bytes = sample.bytes
            return (sample.name, bytes, FileFields(of: bytes))
        }
        self.seed = seed
        cuts = self.samples.prefix(Self.cutSamples).enumerated().flatMap { index, sample in
            stride(from: 0, to: sample.bytes.count, by: 64).map { (index, $0) }
        }
        count = samples.count + cuts.count + flips
    }

    /// File `index`, and what was done to it.
    func file(_ index: Int) -> (bytes: [UInt8], story: String) {
        if index < samples.count { return (samples[index].bytes, samples[index].name) }
        let next = index - samples.count
        if next < cuts.count {
            let (sample, length) = cuts[next]
            return (Array(samples[sample].bytes.prefix(length)), "\(samples[sample].name): cut to \(length) bytes")
        }
        var random = TestRandom(seed: seed &* 0x1_0000_0001 &+ UInt64(index))
        let sample = samples[Int.random(in: 0..<samples.count, using: &random)]
        var damage = Damage(sample.bytes, sample.fields)
        damage.apply(using: &random)
        return (damage.bytes, "\(sample.name): \(damage.story.joined(separator: "; "))")
    }
}
