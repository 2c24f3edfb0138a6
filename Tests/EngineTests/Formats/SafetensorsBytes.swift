/// Writes the bytes of a safetensors file for a test, right or wrong as the test asks: nothing is checked.
enum SafetensorsBytes {
    /// Length, `header`, numbers.
    static func file(_ header: String, numbers: [UInt8] = []) -> [UInt8] {
        GGUFBytes.number(UInt64(header.utf8.count)) + Array(header.utf8) + numbers
    }

    /// A tensor's description in a header.
    static func entry(_ name: String, _ type: String, _ shape: [Int], _ begin: Int, _ end: Int) -> String {
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
    }

    /// A file of these descriptions, with zeros for numbers.
    static func file(entries: [String], numberBytes: Int) -> [UInt8] {
        file("{" + entries.joined(separator: ",") + "}", numbers: [UInt8](repeating: 0, count: numberBytes))
    }
}
