/// How much memory a model takes, for whoever shares memory out.
extension LanguageModel {
    /// Size of all weights as the files store them, bytes.
    public var weightBytes: Int {
        parts.files.reduce(0) { sum, file in file.tensors.tensors.reduce(sum) { $0 + $1.byteCount } }
    }

    /// Size of the keys and values of one token in all layers, bytes.
    public var cacheBytesPerToken: Int {
        KeyValueCache(shapes: transformer.cacheShapes, capacity: 1, element: cacheElement).bytesPerPosition
    }
}
