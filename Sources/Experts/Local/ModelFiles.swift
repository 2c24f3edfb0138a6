import Engine
import Foundation
import Synchronization

/// What model files are found to be, each looked at once until it changes: everything but the numbers of its weights
/// and its vocabulary.
final class ModelFiles: Sendable {
    /// A model that can be run, and what it takes.
    struct Finding: Hashable, Sendable {
        /// Memory of all weights, or of those that the model may keep there at a time, bytes.
        var weightBytes: Int
        /// Size of a token's keys and values, bytes.
        var cacheBytesPerToken: Int
        /// Most tokens it was made for.
        var contextLength: Int
        /// Weight experts of each layer; 0 for a dense one.
        var expertCounts: [Int]

        /// Bytes of weights and caches for so many answers at once of up to `context` tokens.
        func bytes(answers: Int, context: Int) -> Int {
            // In 128 bits: the sizes come from a file, and their product may be anything.
            let caches = Int128(answers) * Int128(min(context, contextLength)) * Int128(cacheBytesPerToken)
            return Int(clamping: Int128(weightBytes) + caches)
        }
    }

    /// What shows that a file is not the one it was.
    private struct Stamp: Hashable {
        var size: UInt64
        var changed: Date
    }

    private let experts: ExpertMemory
    private let found = Mutex<[String: (stamp: Stamp, finding: Result<Finding, ModelObstacle>)]>([:])

    /// - Parameter experts: how models keep their weight experts.
    init(experts: ExpertMemory) { self.experts = experts }

    /// What is in the file. The first look takes a moment, and does not hold up other tasks.
    func look(at file: String) async throws(ModelObstacle) -> Finding {
        guard let stamp = Self.stamp(of: file) else { throw obstacle(for: file) }
        let known = found.withLock { $0[file].flatMap { $0.stamp == stamp ? $0.finding : nil } }
        if let known { return try known.get() }
        let finding = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: self.read(file)) }
            thread.name = "muster-model-look"
            thread.stackSize = 8 << 20
            thread.start()
        }
        found.withLock { $0[file] = (stamp, finding) }
        return try finding.get()
    }

    private func read(_ file: String) -> Result<Finding, ModelObstacle> {
        let model: LanguageModel
        do throws(ModelRefusal) {
            model = try LanguageModel(readingFileAt: file, experts: experts)
        } catch {
            return .failure(ModelObstacle(error))
        }
        do throws(ChatTemplateRefusal) {
            _ = try ChatTemplate(in: model.parts.metadata)
        } catch {
            guard error.reason == .missing else { return .failure(.unfit("\(error)")) }
        }
        return .success(
            Finding(
                weightBytes: model.weightMemoryBytes, cacheBytesPerToken: model.cacheBytesPerToken,
                contextLength: model.contextLength, expertCounts: model.expertCounts))
    }

    /// Why a file that cannot even be found is none; read anyway, since the system says it best.
    private func obstacle(for file: String) -> ModelObstacle {
        if case .failure(let obstacle) = read(file) { return obstacle }
        return .unreadable("it could not be found a moment ago")
    }

    private static func stamp(of file: String) -> Stamp? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
            let size = attributes[.size] as? NSNumber, let changed = attributes[.modificationDate] as? Date
        else { return nil }
        return Stamp(size: size.uint64Value, changed: changed)
    }
}

extension ModelObstacle {
    init(_ refusal: ModelRefusal) {
        switch refusal {
        case .expertBudget(let bytes, let smallest): self = .expertCache(found: bytes, smallest: smallest)
        case .file(let file) where file.isUnreadable: self = .unreadable("\(refusal)")
        default: self = .unfit("\(refusal)")
        }
    }
}

extension GGUFRefusal {
    fileprivate var isUnreadable: Bool { if case .unreadable = reason { true } else { false } }
}
