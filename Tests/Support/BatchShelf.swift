public import Core
import Synchronization

/// Keeps files and batches in memory, by the rules that the store keeps them by.
public final class BatchShelf: BatchStore {
    private struct Line {
        var line: BatchLine
        var result: [UInt8]?
        var hasFailed = false
    }

    private struct State {
        var files: [(file: StoredFile, content: [UInt8])] = []
        var batches: [(batch: Batch, key: String?)] = []
        var lines: [String: [Line]] = [:]
        var answers: [String: Answer] = [:]
        var answerCount = 0
        var isFull = false
    }

    private let state = Mutex(State())

    public init() {}

    /// From now on nothing can be kept.
    public func fill() { state.withLock { $0.isFull = true } }

    /// How many answers of experts were kept.
    public var answerCount: Int { state.withLock { $0.answerCount } }

    /// The results of a batch's lines, in order.
    public func results(of batch: String) -> [String?] {
        state.withLock { ($0.lines[batch] ?? []).map { $0.result.map { String(decoding: $0, as: UTF8.self) } } }
    }

    private func write<Value>(_ work: (inout State) -> Value) throws -> Value {
        try state.withLock { state in
            if state.isFull { throw Fault(.storeFull, "shelf", "it is full") }
            return work(&state)
        }
    }

    public func add(_ file: StoredFile, content: [UInt8]) async throws {
        try write { $0.files.append((file, content)) }
    }

    public func file(_ id: String) async throws -> StoredFile? {
        state.withLock { $0.files.first { $0.file.id == id }?.file }
    }

    public func files(purpose: String?, after: String?, limit: Int) async throws -> [StoredFile] {
        let files = state.withLock { Array($0.files.map(\.file).reversed()) }
        let rest = after.map { after in files.drop { $0.id != after }.dropFirst() } ?? files[...]
        return Array(rest.filter { purpose == nil || $0.purpose == purpose }.prefix(limit))
    }

    public func content(of id: String, from place: Int?) async throws -> (bytes: [UInt8], next: Int?)? {
        state.withLock { state in state.files.first { $0.file.id == id }.map { ($0.content, nil) } }
    }

    public func deleteFile(_ id: String) async throws -> Bool {
        try write { state in
            let count = state.files.count
            state.files.removeAll { $0.file.id == id }
            return state.files.count < count
        }
    }

    public func add(_ batch: Batch, key: String?) async throws -> Batch {
        try write { state in
            if let key, let known = state.batches.first(where: { $0.key == key }) { return known.batch }
            state.batches.append((batch, key))
            return batch
        }
    }

    public func batch(_ id: String) async throws -> Batch? { state.withLock { Self.batch(id, $0) } }

    private static func batch(_ id: String, _ state: State) -> Batch? {
        guard var batch = state.batches.first(where: { $0.batch.id == id })?.batch else { return nil }
        let lines = (state.lines[id] ?? []).filter { $0.result != nil }
        batch.counts.completed = lines.count { !$0.hasFailed }
        batch.counts.failed = lines.count { $0.hasFailed }
        return batch
    }

    public func batches(after: String?, limit: Int) async throws -> [Batch] {
        let batches = state.withLock { state in state.batches.reversed().compactMap { Self.batch($0.batch.id, state) } }
        let rest = after.map { after in batches.drop { $0.id != after }.dropFirst() } ?? batches[...]
        return Array(rest.prefix(limit))
    }

    public func nextOpenBatch() async throws -> Batch? {
        state.withLock { state in
            state.batches.first { $0.batch.status.isOpen }.flatMap { Self.batch($0.batch.id, state) }
        }
    }

    public func change(_ id: String, _ change: @escaping @Sendable (inout Batch) -> Void) async throws -> Batch? {
        try write { state in
            guard let place = state.batches.firstIndex(where: { $0.batch.id == id }) else { return nil }
            change(&state.batches[place].batch)
            return Self.batch(id, state)
        }
    }

    public func add(_ lines: [BatchLine], to batch: String) async throws {
        try write { state in
            let known = Set((state.lines[batch] ?? []).map(\.line.index))
            state.lines[batch, default: []] += lines.filter { !known.contains($0.index) }.map { Line(line: $0) }
        }
    }

    public func openLines(of batch: String, limit: Int) async throws -> [BatchLine] {
        state.withLock { state in
            Array((state.lines[batch] ?? []).filter { $0.result == nil }.map(\.line).prefix(limit))
        }
    }

    public func keep(_ result: [UInt8], failed: Bool, of line: Int, in batch: String) async throws {
        try write { state in
            guard let place = state.lines[batch]?.firstIndex(where: { $0.line.index == line && $0.result == nil })
            else { return }
            state.lines[batch]?[place].result = result
            state.lines[batch]?[place].hasFailed = failed
        }
    }

    public func closeLines(
        of batch: String, _ result: @escaping @Sendable (BatchLine) -> [UInt8]
    ) async throws {
        for line in try await openLines(of: batch, limit: .max) {
            try await keep(result(line), failed: true, of: line.index, in: batch)
        }
    }

    public func answer(_ key: String, line: Int, in batch: String) async throws -> Answer? {
        state.withLock { $0.answers["\(batch)/\(line)/\(key)"] }
    }

    public func keep(_ answer: Answer, _ key: String, line: Int, in batch: String) async throws {
        try write { state in
            state.answers["\(batch)/\(line)/\(key)"] = answer
            state.answerCount += 1
        }
    }

    public func makeFiles(
        of batch: String, output: StoredFile, errors: StoredFile
    ) async throws -> (output: Bool, errors: Bool) {
        try write { state in
            func make(_ file: StoredFile, failed: Bool) -> Bool {
                let lines = (state.lines[batch] ?? []).filter { $0.hasFailed == failed }.compactMap(\.result)
                guard !lines.isEmpty else { return false }
                state.files.append((file, Array(lines.joined(separator: [UInt8(ascii: "\n")]))))
                return true
            }
            return (make(output, failed: false), make(errors, failed: true))
        }
    }
}
