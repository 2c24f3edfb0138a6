/// A file that a client put here, or the results of a batch.
public struct StoredFile: Sendable, Hashable {
    public var id: String
    public var name: String
    /// `batch` for what clients put here, `batch_output` for results.
    public var purpose: String
    /// How long it is.
    public var bytes: Int
    public var createdAt: Timestamp

    public init(id: String, name: String, purpose: String, bytes: Int, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.purpose = purpose
        self.bytes = bytes
        self.createdAt = createdAt
    }
}

/// Many questions in one file, answered one after the other when there is time, grouped by expert.
public struct Batch: Sendable, Hashable, Codable {
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        case validating, failed
        case inProgress = "in_progress"
        case finalizing, completed, expired, cancelling, cancelled

        /// True if there is something left to do.
        public var isOpen: Bool {
            switch self {
            case .validating, .inProgress, .finalizing, .cancelling: true
            case .failed, .completed, .expired, .cancelled: false
            }
        }
    }

    /// What is wrong with the file of questions.
    public struct Problem: Sendable, Hashable, Codable {
        public var code: String
        public var message: String
        /// From 1.
        public var line: Int?

        public init(code: String, message: String, line: Int? = nil) {
            self.code = code
            self.message = message
            self.line = line
        }
    }

    /// How many lines there are and what became of them.
    public struct Counts: Sendable, Hashable, Codable {
        public var total = 0
        public var completed = 0
        public var failed = 0

        public init() {}
    }

    public var id: String
    /// Which endpoint all lines go to, such as `/v1/chat/completions`.
    public var endpoint: String
    public var inputFile: String
    /// As the client wrote it.
    public var window: String
    public var status: Status
    public var metadata: [String: String]
    public var problems: [Problem] = []
    public var counts = Counts()
    public var outputFile: String?
    public var errorFile: String?
    public var createdAt: Timestamp
    public var expiresAt: Timestamp
    /// When it came to a status; those it has not come to are absent.
    public var reached: [String: Timestamp] = [:]
    /// The id of the client's key that made it, in whose name its lines are asked; nil for one of the configuration.
    public var key: String?

    public init(
        id: String, endpoint: String, inputFile: String, window: String, metadata: [String: String] = [:],
        createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.endpoint = endpoint
        self.inputFile = inputFile
        self.window = window
        self.metadata = metadata
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        status = .validating
    }

    /// Comes to a status.
    public mutating func reach(_ status: Status, at: Timestamp) {
        self.status = status
        reached[status.rawValue] = at
    }
}

/// One line of a batch.
public struct BatchLine: Sendable, Hashable {
    /// From 0, in the order of the file.
    public var index: Int
    /// What the client calls it; unique in its batch.
    public var customID: String
    /// The body of the request, as it came.
    public var body: [UInt8]

    public init(index: Int, customID: String, body: [UInt8]) {
        self.index = index
        self.customID = customID
        self.body = body
    }
}

/// Keeps files; what was kept survives the end of the process.
public protocol FileStore: Sendable {
    /// - Throws: `tooLarge` if there is no room for it.
    func add(_ file: StoredFile, content: [UInt8]) async throws
    func file(_ id: String) async throws -> StoredFile?
    /// Newest first; those after the file `after`.
    func files(purpose: String?, after: String?, limit: Int) async throws -> [StoredFile]
    /// A part of what is in it, from a place that the part before gave (nil for the first one); nil at the end.
    func content(of id: String, from place: Int?) async throws -> (bytes: [UInt8], next: Int?)?
    /// False if there was none.
    func deleteFile(_ id: String) async throws -> Bool
}

/// Keeps batches and the answers to their lines, each committed when it arrives.
public protocol BatchStore: FileStore {
    /// Adds a batch; of two with one key the first stands and is returned.
    func add(_ batch: Batch, key: String?) async throws -> Batch
    func batch(_ id: String) async throws -> Batch?
    /// Newest first; those after the batch `after`.
    func batches(after: String?, limit: Int) async throws -> [Batch]
    /// The oldest batch that has something left to do.
    func nextOpenBatch() async throws -> Batch?
    /// Changes a batch as it now stands, and returns what it then is; nil if there is none.
    func change(_ id: String, _ change: @escaping @Sendable (inout Batch) -> Void) async throws -> Batch?
    /// Keeps the lines of a batch; those that are there stay as they are.
    func add(_ lines: [BatchLine], to batch: String) async throws
    /// Lines without a result, in order.
    func openLines(of batch: String, limit: Int) async throws -> [BatchLine]
    /// Keeps what a line came to, for good: a later word on it changes nothing.
    func keep(_ result: [UInt8], failed: Bool, of line: Int, in batch: String) async throws
    /// Gives the lines without a result one and the same.
    func closeLines(of batch: String, _ result: @escaping @Sendable (BatchLine) -> [UInt8]) async throws
    /// What one expert said to one line, kept until the line is done; nil if it was not asked.
    func answer(_ key: String, line: Int, in batch: String) async throws -> Answer?
    func keep(_ answer: Answer, _ key: String, line: Int, in batch: String) async throws
    /// Makes the files of results and errors of what is kept, and returns how long each is; nil for one without lines.
    func makeFiles(of batch: String, output: StoredFile, errors: StoredFile) async throws -> (
        output: Bool, errors: Bool
    )
}

/// Answers lines of a batch together, so that each expert is visited once for all of them.
public protocol BatchService: Sendable {
    /// Does the work of every line at the same time. The service that each gets asks experts in turns: one expert
    /// after the other, each with everything that waits for it.
    func together(
        _ lines: [BatchLine], of batch: String,
        _ work: @escaping @Sendable (BatchLine, any AnswerService) async -> Void
    ) async
}
