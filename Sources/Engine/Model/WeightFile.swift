import Gating

/// A model file as an architecture reads it: sizes by short keys, weights by name, each held to the shape it must have.
struct WeightFile: Sendable {
    let parts: GGUFParts

    /// The name under `general.architecture`, which begins every key of the model's own.
    let architecture: String

    /// Where the layers take their weight experts from.
    let store: any ExpertStore

    init(_ parts: GGUFParts, store: any ExpertStore) throws(ModelRefusal) {
        self.parts = parts
        self.store = store
        architecture = try Self.reading { () throws(GGUFRefusal) in try parts.metadata.text("general.architecture") }
    }

    // MARK: sizes

    /// Largest size that a key may name: beyond any model, and small enough that products of two fit `Int`.
    private static let mostSize = 1 << 24

    /// The size under `key`, at least 1.
    func size(_ key: String) throws(ModelRefusal) -> Int {
        let key = path(key)
        let found = try Self.reading { () throws(GGUFRefusal) in try parts.metadata.integer(key) }
        guard (1...Self.mostSize).contains(found) else {
            throw .value(key: key, found: "\(found)", expected: "1 to \(Self.mostSize)")
        }
        return found
    }

    /// The size under `key`, or `missing` where the file has none.
    func size(_ key: String, missing: Int) throws(ModelRefusal) -> Int {
        has(key) ? try size(key) : missing
    }

    /// The whole number under `key`, from 0, or 0 where the file has none.
    func count(_ key: String) throws(ModelRefusal) -> Int {
        guard has(key) else { return 0 }
        let key = path(key)
        let found = try Self.reading { () throws(GGUFRefusal) in try parts.metadata.integer(key) }
        guard (0...Self.mostSize).contains(found) else {
            throw .value(key: key, found: "\(found)", expected: "0 to \(Self.mostSize)")
        }
        return found
    }

    /// The finite number under `key`, or `missing` where the file has none.
    func number(_ key: String, missing: Double? = nil) throws(ModelRefusal) -> Double {
        if let missing, !has(key) { return missing }
        let key = path(key)
        let found = try Self.reading { () throws(GGUFRefusal) in try parts.metadata.number(key) }
        guard found.isFinite else { throw .value(key: key, found: "\(found)", expected: "a finite number") }
        return found
    }

    /// The truth value under `key`, or `missing` where the file has none.
    func flag(_ key: String, missing: Bool) throws(ModelRefusal) -> Bool {
        guard has(key) else { return missing }
        return try Self.reading { () throws(GGUFRefusal) in try parts.metadata.flag(path(key)) }
    }

    /// The text under `key`, or nil where the file has none.
    func text(_ key: String) throws(ModelRefusal) -> String? {
        guard has(key) else { return nil }
        return try Self.reading { () throws(GGUFRefusal) in try parts.metadata.text(path(key)) }
    }

    /// Whether the file has a value under `key`.
    func has(_ key: String) -> Bool { parts.metadata[path(key)] != nil }

    /// The whole name of a key of the model's own.
    func path(_ key: String) -> String { "\(architecture).\(key)" }

    // MARK: weights

    /// Whether the file has the tensor `name`.
    func hasTensor(_ name: String) -> Bool { (try? parts.place(of: name)) != nil }

    /// The matrix `name.weight` of `rows` rows of `length` numbers.
    func matrix(_ name: String, length: Int, rows: Int) throws(ModelRefusal) -> StoredMatrix {
        try stored(name + ".weight", shape: [length, rows])
    }

    /// The matrices of `count` weight experts, one below the other.
    func stack(_ name: String, length: Int, rows: Int, count: Int) throws(ModelRefusal) -> StoredMatrix {
        try stored(name + ".weight", shape: [length, rows, count])
    }

    /// The numbers of the tensor `name`, `[length]`.
    func vector(_ name: String, length: Int) throws(ModelRefusal) -> [Float] {
        try numbers(name, shape: [length])
    }

    /// The numbers of the tensor `name`, `[length]`, or nil where the file has none.
    func vector(ifPresent name: String, length: Int) throws(ModelRefusal) -> [Float]? {
        hasTensor(name) ? try vector(name, length: length) : nil
    }

    /// The numbers of the tensor `name` of `rows` rows, row after row, or nil where the file has none.
    func rows(ifPresent name: String, length: Int, rows: Int) throws(ModelRefusal) -> [Float]? {
        hasTensor(name) ? try numbers(name, shape: [length, rows]) : nil
    }

    private func numbers(_ name: String, shape: [Int]) throws(ModelRefusal) -> [Float] {
        let place = try place(name, shape: shape)
        return try Self.reading { () throws(GGUFRefusal) in
            try place.file.numbers(of: place.tensor, rows: 0..<place.tensor.rowCount)
        }
    }

    private func stored(_ name: String, shape: [Int]) throws(ModelRefusal) -> StoredMatrix {
        let place = try place(name, shape: shape)
        return try Self.reading { () throws(GGUFRefusal) in
            StoredMatrix(
                start: try place.file.start(of: place.tensor), file: place.file.mapping, type: place.tensor.type,
                rowLength: place.tensor.rowLength, rowCount: place.tensor.rowCount)
        }
    }

    private func place(_ name: String, shape: [Int]) throws(ModelRefusal) -> GGUFParts.Place {
        let place = try Self.reading { () throws(GGUFRefusal) in try parts.place(of: name) }
        // Trailing dimensions of 1 are the writer's habit, not a difference.
        let found = Array(place.tensor.shape.reversed().drop { $0 == 1 }.reversed())
        guard found == Array(shape.reversed().drop { $0 == 1 }.reversed()) else {
            throw .shape(tensor: name, found: place.tensor.shape, expected: shape)
        }
        return place
    }

    /// Runs a reader of the file, with its refusals as the model's.
    static func reading<Value>(_ read: () throws(GGUFRefusal) -> Value) throws(ModelRefusal) -> Value {
        do { return try read() } catch { throw .file(error) }
    }

    /// Makes a gate, with its refusals as the model's.
    static func gating<Value>(_ make: () throws(GateRefusal) -> Value) throws(ModelRefusal) -> Value {
        do { return try make() } catch { throw .gate(error) }
    }
}
