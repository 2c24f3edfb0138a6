import Core

/// Reads the lines of a batch's file, and says what is wrong with which.
struct BatchReading {
    /// As many as OpenAI takes.
    static let mostLines = 50_000
    /// More problems are not told.
    static let mostProblems = 100

    /// What some editors put before a text in UTF-8.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private(set) var lines: [BatchLine] = []
    private(set) var problems: [Batch.Problem] = []
    private let endpoint: String
    private var names: Set<String> = []

    init(_ content: [UInt8], endpoint: String) {
        self.endpoint = endpoint
        var number = 0
        let text = content.dropFirst(content.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0)
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let isEmpty = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if isEmpty { continue }
            guard lines.count < Self.mostLines else {
                note("too_many_lines", "There are more than \(Self.mostLines) lines.", number)
                return
            }
            read(Array(line), number)
            if problems.count >= Self.mostProblems { return }
        }
        if lines.isEmpty, problems.isEmpty { note("empty_file", "The file holds no line.", nil) }
    }

    private mutating func read(_ bytes: [UInt8], _ number: Int) {
        let value: JSONValue
        let members: [JSONReader.Member]
        do {
            (value, members) = try JSONReader.readPlaces(bytes)
        } catch {
            return note("invalid_json_line", "This line is not JSON: column \(error.column): \(error.what).", number)
        }
        guard value.members != nil else { return note("invalid_json_line", "This line is no object.", number) }
        guard let name = value["custom_id"]?.text, (1...512).contains(name.utf8.count), !name.utf8.contains(0) else {
            return note("missing_custom_id", "custom_id: a text of 1 to 512 bytes is expected.", number)
        }
        guard names.insert(name).inserted else {
            return note("duplicate_custom_id", "custom_id: \(JSONText.quoted(name)) is there twice.", number)
        }
        guard value["method"]?.text == "POST" else {
            return note("invalid_method", "method: POST is expected.", number)
        }
        guard value["url"]?.text == endpoint else {
            return note("mismatched_endpoint", "url: \(endpoint) is expected, as in the batch.", number)
        }
        guard value["body"]?.members != nil, let place = members.last(where: { $0.name == "body" })?.value else {
            return note("missing_body", "body: an object is expected.", number)
        }
        lines.append(BatchLine(index: lines.count, customID: name, body: Array(bytes[place])))
    }

    private mutating func note(_ code: String, _ message: String, _ line: Int?) {
        problems.append(Batch.Problem(code: code, message: message, line: line))
    }
}
