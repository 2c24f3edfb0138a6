import HTTPTypes

/// Reads a body of type `multipart/form-data` (RFC 7578): fields of text, and a file.
struct FormData {
    struct Part {
        var name: String
        /// Nil for a field of text.
        var fileName: String?
        var content: ArraySlice<UInt8>
    }

    /// More parts than any client here has a use for.
    private static let mostParts = 32

    let parts: [Part]

    /// - Parameter contentType: the header, which names the boundary.
    /// - Throws: a `Refusal` that says what is wrong.
    init(_ bytes: [UInt8], contentType: String) throws(Refusal) {
        guard let boundary = Self.parameter("boundary", in: contentType), (1...70).contains(boundary.utf8.count) else {
            throw Self.slip("its Content-Type names no boundary")
        }
        let mark = Array("--\(boundary)".utf8)
        guard var at = Self.find(mark, in: bytes, from: 0), at == 0 || bytes[at - 1] == 0x0A else {
            throw Self.slip("its boundary is not in it")
        }
        var parts: [Part] = []
        at += mark.count
        while !bytes[at...].starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")]) {
            guard parts.count < Self.mostParts else { throw Self.slip("it has more than \(Self.mostParts) parts") }
            guard bytes[at...].starts(with: [0x0D, 0x0A]) else {
                throw Self.slip("a boundary is not followed by a line end")
            }
            guard let headEnd = Self.find([0x0D, 0x0A, 0x0D, 0x0A], in: bytes, from: at) else {
                throw Self.slip("the head of a part does not end")
            }
            guard let end = Self.find([0x0D, 0x0A] + mark, in: bytes, from: headEnd + 2) else {
                throw Self.slip("a part does not end")
            }
            let head = String(decoding: bytes[at..<headEnd], as: UTF8.self)
            // An empty part ends with the line that its head ends with.
            parts.append(try Self.part(head, bytes[min(headEnd + 4, end)..<end]))
            at = end + 2 + mark.count
        }
        self.parts = parts
    }

    /// The text of a field.
    func text(_ name: String) -> String? {
        parts.first { $0.name == name && $0.fileName == nil }.map { String(decoding: $0.content, as: UTF8.self) }
    }

    private static func part(_ head: String, _ content: ArraySlice<UInt8>) throws(Refusal) -> Part {
        let lines = head.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = parameter("name", in: String(line))
        else { throw slip("a part has no name") }
        return Part(name: name, fileName: parameter("filename", in: String(line)), content: content)
    }

    /// `name="value"` or `name=value` in a header.
    private static func parameter(_ name: String, in header: String) -> String? {
        for piece in pieces(of: header).dropFirst() {
            let words = piece.split(separator: "=", maxSplits: 1)
            guard words.count == 2, words[0].filter({ !$0.isWhitespace }).lowercased() == name else { continue }
            let value = words[1].drop(while: \.isWhitespace)
            return value.first == "\"" ? unquoted(value.dropFirst()) : String(value.prefix { !$0.isWhitespace })
        }
        return nil
    }

    /// A header cut at its semicolons, but for those in quotes.
    private static func pieces(of header: String) -> [Substring] {
        var (isQuoted, isEscaped) = (false, false)
        return header.split(omittingEmptySubsequences: false) { letter in
            if isEscaped {
                isEscaped = false
                return false
            }
            isEscaped = isQuoted && letter == "\\"
            if letter == "\"" { isQuoted.toggle() }
            return letter == ";" && !isQuoted
        }
    }

    /// Up to the closing quote. A backslash escapes a quote and itself; elsewhere it stands for itself.
    private static func unquoted(_ written: Substring) -> String {
        var value = ""
        var isEscaped = false
        for letter in written {
            if isEscaped {
                if letter != "\"", letter != "\\" { value.append("\\") }
                isEscaped = false
            } else if letter == "\"" {
                break
            } else if letter == "\\" {
                isEscaped = true
                continue
            }
            value.append(letter)
        }
        return value
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        var at = start
        while at <= bytes.count - needle.count {
            guard let next = bytes[at...].firstIndex(of: first), next <= bytes.count - needle.count else { return nil }
            if bytes[next..<next + needle.count].elementsEqual(needle) { return next }
            at = next + 1
        }
        return nil
    }

    private static func slip(_ what: String) -> Refusal {
        Refusal(.badRequest, code: "invalid_form", "The body is not a form (multipart/form-data): \(what).")
    }
}
