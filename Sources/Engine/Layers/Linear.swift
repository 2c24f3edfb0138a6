/// A linear map with weights as stored: `y = W x + b`.
struct Linear: Sendable {
    /// `[rowCount × rowLength]`: outputs by inputs.
    let weights: StoredMatrix

    /// `[rowCount]`, or nil for none.
    let bias: [Float]?

    init(_ weights: StoredMatrix, bias: [Float]? = nil) {
        self.weights = weights
        self.bias = bias
    }

    /// Width of what comes out.
    var width: Int { weights.rowCount }

    /// The map of each row of `x`.
    func callAsFunction(_ x: ActivationRows, _ pass: Pass) -> ActivationRows {
        Linear.apply([self], to: x, pass)[0]
    }

    /// Several maps of the same rows, computed together: fewer waits, and the rows are rounded once.
    static func apply(_ maps: [Linear], to x: ActivationRows, _ pass: Pass) -> [ActivationRows] {
        let outputs = maps.map { pass.bench.memory.rows(x.count, width: $0.width) }
        pass.bench.multiply(zip(maps, outputs).map { Product($0.weights, x, into: $1) }, pass.form)
        for (map, output) in zip(maps, outputs) {
            if let bias = map.bias { output.add(bias) }
        }
        return outputs
    }
}

extension ActivationRows {
    /// Adds the same numbers, `[width]`, to every row.
    func add(_ numbers: [Float]) {
        for row in 0..<count {
            let start = self[row]
            for column in 0..<width { start[column] += numbers[column] }
        }
    }
}

extension WeightFile {
    /// The map `name` from `length` numbers to `rows`, with its bias where the file has one.
    func linear(_ name: String, from length: Int, to rows: Int) throws(ModelRefusal) -> Linear {
        Linear(
            try matrix(name, length: length, rows: rows), bias: try vector(ifPresent: name + ".bias", length: rows))
    }
}
