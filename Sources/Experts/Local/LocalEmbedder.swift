public import Core
import Dispatch
import Engine

/// Turns texts into vectors with a sentence encoder in this process: meaning as a small model sees it, no server.
public struct LocalEmbedder: Embedder {
    /// Grows when the same model would give other vectors.
    private static let version = 1

    /// Texts that are asked for at once: between them, others get their turn.
    private static let batch = 64

    public let name: String

    private let encoder: SentenceEncoder
    /// Where it computes: the threads of Swift's tasks must stay free.
    private let queue = DispatchQueue(label: "embedder")

    /// - Parameters:
    ///   - folder: where the model is.
    ///   - model: what the user calls it.
    ///   - threads: threads that compute.
    /// - Throws: a `Fault` that says what is wrong with the folder.
    public init(folder: String, model: String, threads: Int) throws {
        do {
            encoder = try SentenceEncoder(readingFolder: folder, threads: threads)
        } catch {
            throw Fault(
                .invalidSettings, "embedder.model", "cannot be used: \(error)",
                hint: "muster model pull all-minilm-l6-v2 fetches one that can")
        }
        name = "local/\(model)/\(Self.version)"
    }

    /// One vector of unit length for each text.
    ///
    /// - Throws: `CancellationError` only.
    public func embed(_ texts: [String]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: Self.batch) {
            try Task.checkCancellation()
            let some = Array(texts[start..<min(start + Self.batch, texts.count)])
            vectors += await withCheckedContinuation { done in
                queue.async { done.resume(returning: encoder.encode(some)) }
            }
        }
        return vectors
    }
}
