/// A value for each weight expert of a model, which grows as experts are met; the same value for all others.
///
/// Flat arrays instead of a dictionary: a policy looks up every expert in memory whenever one has to go.
struct ExpertTable<Value: Sendable>: Sendable {
    private let missing: Value
    private var layers: [[Value]] = []

    /// A table that says `missing` of every expert.
    init(missing: Value) { self.missing = missing }

    subscript(key: ExpertKey) -> Value {
        get {
            guard key.layer < layers.count, key.expert < layers[key.layer].count else { return missing }
            return layers[key.layer][key.expert]
        }
        set {
            while layers.count <= key.layer { layers.append([]) }
            let short = key.expert + 1 - layers[key.layer].count
            if short > 0 { layers[key.layer].append(contentsOf: repeatElement(missing, count: short)) }
            layers[key.layer][key.expert] = newValue
        }
    }
}
