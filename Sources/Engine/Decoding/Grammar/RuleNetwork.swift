/// A grammar as a network of nodes: reading a byte follows an edge, and a rule is entered and left like a subroutine.
///
/// This is a recursive transition network (Woods 1970), equal in power to a context-free grammar: an edge reads one byte
/// of a range, a jump reads nothing, a call enters another rule and goes on behind it.
struct RuleNetwork: Sendable {
    /// Leads on for each byte of a range.
    struct Edge: Sendable {
        var bytes: ClosedRange<UInt8>
        var target: Int32
    }

    /// Enters `rule`, and goes on at `next` when that has ended.
    struct Call: Sendable {
        var rule: Int32
        var next: Int32
    }

    /// A place between two bytes.
    struct Node: Sendable {
        var edges: [Edge] = []
        var jumps: [Int32] = []
        var calls: [Call] = []
        /// The last node of a rule, which nothing leads out of.
        var isEnd = false
    }

    /// A part of the grammar with a way in and a way out; it reads at least one byte.
    struct Rule: Sendable {
        var start: Int32
        var end: Int32
        /// Levels of JSON's nesting it adds: 1 for an array or object, 0 for anything else.
        var nesting: Int32
        /// Where in the schema it comes from, for refusals.
        var place: String
    }

    var nodes: [Node] = []
    /// The first is the whole document.
    var rules: [Rule] = []
}
