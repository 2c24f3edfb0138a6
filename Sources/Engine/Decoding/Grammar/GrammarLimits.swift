/// How large a schema and its grammar may grow: a hostile schema is refused before it costs time or memory.
enum GrammarLimits {
    /// Bytes of a schema's text.
    static let schemaBytes = 262_144
    /// How deep a schema's own arrays and objects may nest.
    static let schemaNesting = 64
    /// How deep arrays and objects of a document may nest.
    static let documentNesting = 64
    /// Nodes of the network a schema becomes.
    static let nodes = 65_536
    /// Nodes reachable without reading a byte: what may come next at one place, and the places a reading may be at.
    static let choices = 2_048
    /// Digits before the point of a number, and after it.
    static let digits = 30
    /// Digits of an exponent, so that a number stays within a double.
    static let exponentDigits = 2
    /// The largest magnitude of a bound on numbers, 10^18: its digits and one more fit 64 bits.
    static let bound = 1_000_000_000_000_000_000
    /// How deep groups of a pattern may nest.
    static let patternGroups = 32
    /// The largest count in a quantifier of a pattern.
    static let repetitions = 10_000
    /// Parts that an `allOf` may be made of, counted through references.
    static let merged = 256
    /// Configurations a state remembers (a KiB each) before it forgets those it is not at.
    static let configurations = 8_192
    /// Token masks a state remembers, a bit for each token.
    static let masks = 256
}
