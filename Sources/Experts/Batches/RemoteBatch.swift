import Core

/// A batch as its server describes it.
struct RemoteBatch: Sendable, Hashable {
    var id: String
    var status: String
    /// Whose list it is; nil for a batch of somebody else.
    var owner: String?
    var outputFile: String?
    var errorFile: String?
    var done: Int
    var total: Int
    /// Why the server did not take it, in its words.
    var complaint: String?

    /// The member of `metadata` that says whose list it is.
    static let ownerMember = "muster_list"

    /// Nil if it is none, or if its ids could not stand in an address.
    init?(_ value: JSONValue) {
        guard let id = value["id"]?.text, let status = value["status"]?.text, Self.isSafe(id) else { return nil }
        self.id = id
        self.status = String(status.prefix(40))
        owner = value["metadata"]?[Self.ownerMember]?.text
        outputFile = value["output_file_id"]?.text
        errorFile = value["error_file_id"]?.text
        guard [outputFile, errorFile].compactMap(\.self).allSatisfy(Self.isSafe) else { return nil }
        let counts = value["request_counts"]
        done = (counts?["completed"]?.tokenCount ?? 0) + (counts?["failed"]?.tokenCount ?? 0)
        total = counts?["total"]?.tokenCount ?? 0
        complaint = value["errors"]?["data"]?.elements?.compactMap { $0["message"]?.text }.first
    }

    /// There is something to wait for. A status that nobody has heard of may still come to an end.
    var isOpen: Bool { !["completed", "failed", "expired", "cancelled"].contains(status) }

    /// It was never begun.
    var isRefused: Bool { status == "failed" }

    /// Letters, digits and what else stands in ids; an address is made of it.
    static func isSafe(_ id: String) -> Bool {
        (1...256).contains(id.utf8.count) && id != "." && id != ".."
            && id.utf8.allSatisfy { $0.isASCIIWord || "_-.".utf8.contains($0) }
    }
}
