internal import Kernels

/// The tensors of an encoder by their names, each of the shape that the sizes say.
struct EncoderTensors {
    private let file: SafetensorsFile
    /// What every name begins with: nothing, or `bert.` where the model was saved as a part of another.
    private let prefix: String

    init(_ file: SafetensorsFile) {
        self.file = file
        prefix = file.tensor(named: "embeddings.word_embeddings.weight") == nil ? "bert." : ""
    }

    /// The numbers of a tensor.
    func floats(_ name: String, _ shape: [Int]) throws(SentenceEncoderRefusal) -> [Float] {
        let tensor = try tensor(name, shape)
        do { return try file.floats(of: tensor) } catch { throw .weights(error) }
    }

    /// A matrix with its bias, ready for products. Several names are one matrix, one below the other.
    func panels(_ names: [String], rows: Int, length: Int) throws(SentenceEncoderRefusal) -> PackedPanels {
        var numbers: [Float] = []
        var bias: [Float] = []
        for name in names {
            numbers += try floats(name + ".weight", [rows, length])
            bias += try floats(name + ".bias", [rows])
        }
        return numbers.withUnsafeBufferPointer { numbers in
            guard let start = numbers.baseAddress else { preconditionFailure("no size of an encoder is 0") }
            return PackedPanels(rows: start, rowCount: bias.count, length: length, bias: bias)
        }
    }

    /// The rows of a tensor as they lie in the file.
    func table(_ name: String, _ shape: [Int]) throws(SentenceEncoderRefusal) -> EncoderTable {
        let tensor = try tensor(name, shape)
        do {
            return EncoderTable(
                file: file, start: try file.start(of: tensor), rows: try file.rows(of: tensor, length: shape[1]))
        } catch {
            throw .weights(error)
        }
    }

    private func tensor(_ name: String, _ shape: [Int]) throws(SentenceEncoderRefusal) -> SafetensorsTensor {
        guard let tensor = file.tensor(named: prefix + name) else {
            throw .weights(SafetensorsRefusal(offset: 8, reason: .missing(name: prefix + name)))
        }
        guard tensor.shape == shape else {
            throw .shape(tensor: prefix + name, found: tensor.shape, expected: shape)
        }
        return tensor
    }
}
