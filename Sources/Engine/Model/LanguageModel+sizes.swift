/// How much memory a model takes, for whoever shares memory out.
extension LanguageModel {
    /// Size of all weights as the files store them, bytes.
    public var weightBytes: Int {
        parts.files.reduce(0) { sum, file in file.tensors.tensors.reduce(sum) { $0 + $1.byteCount } }
    }

    /// Memory that the weights take while the model runs, bytes: all that the files store, except that experts with a
    /// budget take no more than that; and what is kept beside the files because they have it in another form.
    public var weightMemoryBytes: Int {
        weightBytes + transformer.heldBytes
            - (budgeted.map { storedExpertBytes - min($0.budget, expertBytes) } ?? 0)
    }

    private var storedExpertBytes: Int {
        transformer.expertStacks.reduce(0) { sum, stack in
            stack.map { sum + $0.gate.byteCount + $0.up.byteCount + $0.down.byteCount } ?? sum
        }
    }

    /// Size of the keys and values of one token in all layers, bytes.
    public var cacheBytesPerToken: Int {
        KeyValueCache(shapes: transformer.cacheShapes, capacity: 1, element: cacheElement).bytesPerPosition
    }
}

extension Transformer {
    /// Size of the matrices that no file has as they are needed, bytes.
    fileprivate var heldBytes: Int {
        blocks.compactMap { ($0.attention as? LatentAttention)?.expansion.keys }.joined().reduce(0) {
            $0 + $1.heldBytes
        }
    }
}
