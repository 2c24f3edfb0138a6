import Engine

/// A model file as the plain twin reads it: keys without their prefix, tensors as rows of doubles.
struct PlainFile {
    let family: PlainFamily

    private let parts: GGUFParts

    init(readingFileAt path: String) throws {
        parts = try GGUFParts(readingFileAt: path)
        let name = try parts.metadata.text("general.architecture")
        guard let family = PlainFamily(rawValue: name) else { throw Missing(name: name) }
        self.family = family
    }

    /// What the file says under `key`, or nil.
    func count(_ key: String) -> Int? { try? parts.metadata.integer(path(key)) }

    func number(_ key: String) -> Double? { try? parts.metadata.number(path(key)) }

    func flag(_ key: String) -> Bool? { try? parts.metadata.flag(path(key)) }

    func text(_ key: String) -> String? { try? parts.metadata.text(path(key)) }

    /// The same, where the architecture cannot do without it.
    func size(_ key: String) throws -> Int {
        guard let size = count(key) else { throw Missing(name: key) }
        return size
    }

    func has(_ tensor: String) -> Bool { (try? parts.place(of: tensor)) != nil }

    /// The rows of a tensor; those of a tensor of three dimensions follow each other.
    func rows(_ name: String) throws -> [[Double]] {
        let place = try parts.place(of: name)
        let numbers = try place.file.numbers(of: place.tensor, rows: 0..<place.tensor.rowCount).map(Double.init)
        let length = place.tensor.rowLength
        return stride(from: 0, to: numbers.count, by: length).map { Array(numbers[$0..<$0 + length]) }
    }

    /// The `count` matrices that a tensor of three dimensions is made of.
    func matrices(_ name: String, count: Int) throws -> [[[Double]]] {
        let all = try rows(name)
        let height = all.count / count
        return (0..<count).map { Array(all[$0 * height..<($0 + 1) * height]) }
    }

    func vector(_ name: String) throws -> [Double] { try rows(name).flatMap { $0 } }

    /// `W x + b` for each row, with the bias where the file has one.
    func map(_ name: String, _ x: [[Double]]) throws -> [[Double]] {
        let weights = try rows(name + ".weight")
        let bias = has(name + ".bias") ? try vector(name + ".bias") : nil
        return x.map { row in
            let product = weights * row
            return bias.map { sum(product, $0) } ?? product
        }
    }

    /// Each row scaled to a root mean square of one, and its columns by the norm's weights.
    func norm(_ name: String, _ x: [[Double]]) throws -> [[Double]] {
        let weights = try vector(name + ".weight")
        guard let epsilon = number("attention.layer_norm_rms_epsilon") else { throw Missing(name: "epsilon") }
        return x.map { row in
            let mean = dot(row, row) / Double(row.count)
            return zip(row, weights).map { $0 / (mean + epsilon).squareRoot() * $1 }
        }
    }

    private func path(_ key: String) -> String { "\(family.rawValue).\(key)" }

    private struct Missing: Error {
        let name: String
    }
}
