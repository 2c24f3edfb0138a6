/// What `/metrics` said at one moment, read from Prometheus' text format.
struct Figures: Sendable {
    /// One value with its labels.
    struct Sample: Sendable {
        var labels: [String: String]
        var value: Double
    }

    private var samples: [String: [Sample]] = [:]

    /// Lines that are not of the format are left out: what is shown then lacks them.
    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let (name, sample) = Self.sample(line) else { continue }
            samples[name, default: []].append(sample)
        }
    }

    /// The sum over all series whose labels fit.
    func sum(_ name: String, where fits: ([String: String]) -> Bool = { _ in true }) -> Double {
        samples[name, default: []].reduce(0) { fits($1.labels) ? $0 + $1.value : $0 }
    }

    /// The value of a label, in every series of a name.
    func values(of label: String, in name: String) -> [String] {
        samples[name, default: []].compactMap { $0.labels[label] }
    }

    /// True if there is such a figure.
    func has(_ name: String) -> Bool { samples[name] != nil }

    /// A histogram's cumulative counts by upper bound, all fitting series together.
    func buckets(_ name: String, where fits: ([String: String]) -> Bool = { _ in true }) -> [Double: Double] {
        var counts: [Double: Double] = [:]
        for sample in samples[name + "_bucket", default: []] where fits(sample.labels) {
            guard let bound = sample.labels["le"].flatMap(Self.number) else { continue }
            counts[bound, default: 0] += sample.value
        }
        return counts
    }

    private static func sample(_ line: Substring) -> (String, Sample)? {
        let name = line.prefix { $0 != "{" && $0 != " " }
        var rest = line[name.endIndex...]
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while let label = label(&rest) { labels[label.name] = label.value }
            guard rest.first == "}" else { return nil }
            rest = rest.dropFirst()
        }
        guard let value = rest.split(separator: " ").first.flatMap({ number(String($0)) }) else { return nil }
        return (String(name), Sample(labels: labels, value: value))
    }

    /// Takes `name="value",` from the front; nil where there is none.
    private static func label(_ rest: inout Substring) -> (name: String, value: String)? {
        guard let equals = rest.firstIndex(of: "="), rest.first != "}" else { return nil }
        let name = rest[..<equals]
        var place = rest.index(after: equals)
        guard place < rest.endIndex, rest[place] == "\"" else { return nil }
        place = rest.index(after: place)
        var value = ""
        while place < rest.endIndex, rest[place] != "\"" {
            if rest[place] == "\\" {
                place = rest.index(after: place)
                guard place < rest.endIndex else { return nil }
                value.append(rest[place] == "n" ? "\n" : rest[place])
            } else {
                value.append(rest[place])
            }
            place = rest.index(after: place)
        }
        guard place < rest.endIndex else { return nil }
        rest = rest[rest.index(after: place)...]
        if rest.first == "," { rest = rest.dropFirst() }
        return (String(name), value)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        default: Double(text)
        }
    }
}
