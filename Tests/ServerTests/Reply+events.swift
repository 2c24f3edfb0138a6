import Core

extension Reply {
    /// What the events of a stream hold, in order.
    var events: [JSONValue] {
        get throws {
            try body.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map { line in
                try JSONReader.read(Array(line.dropFirst("data: ".count).utf8))
            }
        }
    }
}
