/// Counts what a template costs, and stops one that costs too much.
struct WorkMeter {
    /// Most statements and expressions that are gone through; long conversations take some ten thousand.
    static let mostSteps = 1_000_000
    /// Most bytes of texts and lists that are read or made on the way.
    static let mostVolume = 128 << 20
    /// Most bytes of one text, the output among them.
    static let mostText = 16 << 20
    /// Most numbers of one `range`; Jinja's sandbox has the same.
    static let mostRange = 100_000
    /// Deepest nesting of statements, expressions and macros while they run.
    static let mostDepth = 200
    /// Bytes that an element of a list counts as.
    static let elementBytes = 24

    private var steps = 0
    private var volume = 0
    private var depth = 0

    mutating func step() throws(ChatTemplateRefusal) {
        steps += 1
        guard steps <= Self.mostSteps else { throw ChatTemplateRefusal(.tooMuch(.steps, most: Self.mostSteps)) }
    }

    mutating func enter() throws(ChatTemplateRefusal) {
        try step()
        depth += 1
        guard depth <= Self.mostDepth else { throw ChatTemplateRefusal(.tooMuch(.nesting, most: Self.mostDepth)) }
    }

    mutating func leave() { depth -= 1 }

    /// Counts the reading or making of `bytes`.
    mutating func count(bytes: Int) throws(ChatTemplateRefusal) {
        volume = volume.addingReportingOverflow(max(0, bytes)).partialValue
        guard volume >= 0, volume <= Self.mostVolume else {
            throw ChatTemplateRefusal(.tooMuch(.volume, most: Self.mostVolume))
        }
    }

    /// Counts a text of `bytes` that is about to be made.
    mutating func count(textOf bytes: Int) throws(ChatTemplateRefusal) {
        guard bytes <= Self.mostText else { throw ChatTemplateRefusal(.tooMuch(.text, most: Self.mostText)) }
        try count(bytes: bytes)
    }

    mutating func count(elements: Int) throws(ChatTemplateRefusal) {
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: Self.elementBytes)
        try count(bytes: overflow ? Int.max / 2 : bytes)
    }

    /// Counts a value by its outer size.
    mutating func count(_ value: RunValue) throws(ChatTemplateRefusal) {
        switch value {
        case .text(let text): try count(textOf: text.utf8.count)
        case .list(let row), .tuple(let row): try count(elements: row.items.count)
        case .mapping(let mapping): try count(elements: mapping.keys.count)
        case .method(let owner, _): try count(owner)
        default: break
        }
    }
}
