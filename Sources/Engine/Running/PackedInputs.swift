import Kernels

/// The inputs of several products in the 8-bit form their weights take them in, each made once although several
/// products may share it: query, key and value read the same rows.
struct PackedInputs {
    private struct Entry {
        let input: ActivationRows
        let kernel: StoredRows
        let form: PackedForm
        let start: UnsafeMutableRawPointer
    }

    private let memory: WorkingMemory
    private var entries: [Entry] = []

    init(memory: WorkingMemory) {
        self.memory = memory
    }

    /// Where the input of `product` will be, once filled.
    mutating func input(of product: Product) -> UnsafeMutableRawPointer {
        let kernel = product.weights.kernel
        let form = PackedForm(of: product.weights.type)
        let rows = product.input
        if let entry = entries.first(where: {
            $0.form == form && $0.input.start == rows.start && $0.input.count == rows.count
                && $0.input.width == rows.width
        }) {
            return entry.start
        }
        let start = memory.bytes(kernel.activationBytes * rows.count)
        entries.append(Entry(input: rows, kernel: kernel, form: form, start: start))
        return start
    }

    /// Rounds every input.
    func fill(on bench: Workbench) {
        for entry in entries {
            let bytes = entry.kernel.activationBytes
            let fillRow = { (row: Int) in
                entry.kernel.pack(entry.input[row], to: entry.start + row * bytes)
            }
            // One row is made sooner than another thread has woken.
            if entry.input.count < 4 {
                for row in 0..<entry.input.count { fillRow(row) }
            } else {
                bench.forEach(entry.input.count, fillRow)
            }
        }
    }
}

/// The forms of packed activations; types of one form share them.
private enum PackedForm {
    case float, blocksOf32, blocksOf256

    init(of type: TensorType) {
        switch type.blockElements {
        case 1: self = .float
        case 32: self = .blocksOf32
        default: self = .blocksOf256
        }
    }
}
