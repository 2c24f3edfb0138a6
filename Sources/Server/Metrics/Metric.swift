/// What one figure is called, counts and is told apart by: the entry that `/metrics` explains it with.
package struct Metric: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Only ever grows.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts values by size; upper bounds in rising order, without the infinite one.
        case histogram([Double])
    }

    /// As Prometheus wants names; a counter's without its `_total`.
    package let name: String
    package let help: String
    package let kind: Kind
    /// The labels' names; a series gives a value for each.
    package let labels: [String]

    package init(_ name: String, _ kind: Kind, _ help: String, labels: [String] = []) {
        self.name = MetricName.safe(name)
        self.kind = kind
        self.help = help
        self.labels = labels.map(MetricName.safe)
    }

    package var isCounter: Bool { kind == .counter }
}

/// Names as Prometheus takes them.
enum MetricName {
    /// Letters, digits and underscores, not beginning with a digit; anything else becomes an underscore.
    static func safe(_ name: String) -> String {
        var text = ""
        for byte in name.utf8.prefix(200) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if text.isEmpty { text = "_" }
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "_"
            }
        }
        return text.isEmpty ? "_" : text
    }
}
