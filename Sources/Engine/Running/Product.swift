import Kernels

/// One product of a matrix of weights with rows of activations: `output[c][r] = Σ_i weights[r][i] · input[c][i]`.
struct Product {
    let weights: StoredMatrix
    let input: ActivationRows
    let output: ActivationRows

    init(_ weights: StoredMatrix, _ input: ActivationRows, into output: ActivationRows) {
        precondition(input.width == weights.rowLength && output.width == weights.rowCount, "sizes that fit")
        precondition(input.count == output.count, "one row out for each row in")
        self.weights = weights
        self.input = input
        self.output = output
    }
}

extension Workbench {
    /// Computes `products`, which do not depend on each other, sharing out the rows of all of them together.
    func multiply(_ products: [Product], _ form: ActivationForm) {
        switch form {
        case .float: multiplyFloat(products)
        case .eightBit: memory.scope { multiplyEightBit(products) }
        }
    }

    private func multiplyFloat(_ products: [Product]) {
        share(products, rowsInPart: { _ in 64 }) { product, rows, thread, _ in
            let weights = product.weights
            RowsProduct.multiply(
                RowsProduct.StoredRows(
                    type: weights.type.rawValue, start: weights.row(rows.lowerBound), rowBytes: weights.rowBytes,
                    count: rows.count),
                length: weights.rowLength, by: product.input.start, xStride: product.input.stride,
                count: product.input.count, into: product.output.start + rows.lowerBound,
                outStride: product.output.stride, scratch: self.scratch(of: thread))
        }
    }

    private func multiplyEightBit(_ products: [Product]) {
        var packed = PackedInputs(memory: memory)
        let inputs = products.map { packed.input(of: $0) }
        packed.fill(on: self)
        share(products, rowsInPart: Self.rowsInDecodePart) { product, rows, _, index in
            let weights = product.weights
            weights.kernel.dot(
                weights.row(rows.lowerBound), rowCount: rows.count, activations: inputs[index],
                activationCount: product.input.count, to: product.output.start + rows.lowerBound,
                stride: product.output.stride)
        }
    }

    /// About 48 KiB of weights: some microseconds of reading, so that a thread that is held up holds up nobody long. In
    /// eights, as kernels take rows together.
    private static func rowsInDecodePart(_ product: Product) -> Int {
        max(8, (49152 / product.weights.rowBytes + 7) / 8 * 8)
    }

    /// Cuts the rows of all products into parts and does them, each with its product, rows, thread and the product's
    /// index.
    private func share(
        _ products: [Product], rowsInPart: (Product) -> Int, _ work: (Product, Range<Int>, Int, Int) -> Void
    ) {
        var parts: [(product: Int, rows: Range<Int>)] = []
        for (index, product) in products.enumerated() {
            let count = product.weights.rowCount
            let step = rowsInPart(product)
            for first in Swift.stride(from: 0, to: count, by: step) {
                parts.append((index, first..<min(first + step, count)))
            }
        }
        team.run(parts: parts.count) { part, thread in
            let (product, rows) = parts[part]
            work(products[product], rows, thread, product)
        }
    }
}
