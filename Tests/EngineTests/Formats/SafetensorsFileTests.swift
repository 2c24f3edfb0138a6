import Engine
import Testing

struct SafetensorsFileTests {
    /// Four tensors by hand: 1.5 and -2 as F32, 1 and -0.5 as F16 (0x3C00, 0xB800), 3 as BF16 (0x4040), 7 and -1 as I64.
    private static let numbers: [UInt8] =
        [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0] + [0x00, 0x3C, 0x00, 0xB8] + [0x40, 0x40]
        + [7, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)

    private static let header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
        + [
            SafetensorsBytes.entry("whole", "I64", [2], 14, 30), SafetensorsBytes.entry("single", "F32", [2, 1], 0, 8),
            SafetensorsBytes.entry("half", "F16", [2], 8, 12), SafetensorsBytes.entry("brain", "BF16", [], 12, 14),
        ].joined(separator: ",") + "}  "

    @Test func readsNumbersOfEachType() throws {
        try TemporaryFile.with(SafetensorsBytes.file(Self.header, numbers: Self.numbers)) { path in
            let file = try SafetensorsFile(readingFileAt: path)
            #expect(file.tensors.map(\.name) == ["single", "half", "brain", "whole"])
            let single = try #require(file.tensor(named: "single"))
            #expect(single.shape == [2, 1] && single.type == .f32 && single.elementCount == 2)
            #expect(try file.floats(of: single) == [1.5, -2])
            #expect(try file.floats(of: #require(file.tensor(named: "half"))) == [1, -0.5])
            #expect(try file.floats(of: #require(file.tensor(named: "brain"))) == [3])
            #expect(try file.integers(of: #require(file.tensor(named: "whole"))) == [7, -1])
            #expect(file.tensor(named: "__metadata__") == nil && file.tensor(named: "other") == nil)
        }
    }

    @Test func readsAFileWithoutTensorsAndATensorWithoutNumbers() throws {
        try TemporaryFile.with(SafetensorsBytes.file("{}")) { path in
            let file = try SafetensorsFile(readingFileAt: path)
            #expect(file.tensors.isEmpty)
        }
        let empty = SafetensorsBytes.entry("none", "F32", [3, 0], 0, 0)
        try TemporaryFile.with(SafetensorsBytes.file(entries: [empty], numberBytes: 0)) { path in
            let file = try SafetensorsFile(readingFileAt: path)
            #expect(try file.floats(of: #require(file.tensor(named: "none"))) == [])
        }
    }

    @Test func refusesNumbersOfAnotherTypeThanAskedFor() throws {
        try TemporaryFile.with(SafetensorsBytes.file(Self.header, numbers: Self.numbers)) { path in
            let file = try SafetensorsFile(readingFileAt: path)
            let (single, whole) = (
                try #require(file.tensor(named: "single")), try #require(file.tensor(named: "whole"))
            )
            let start = 8 + Self.header.utf8.count
            #expect(
                throws: SafetensorsRefusal(
                    offset: start + 14, reason: .tensor(name: "whole", .type(.i64, wanted: "F32, F16 or BF16")))
            ) { try file.floats(of: whole) }
            #expect(
                throws: SafetensorsRefusal(
                    offset: start, reason: .tensor(name: "single", .type(.f32, wanted: "I64")))
            ) { try file.integers(of: single) }
        }
    }

    /// Every file that is a whole one cut short, at each of its lengths.
    @Test func refusesEveryShorterFile() throws {
        let bytes = SafetensorsBytes.file(Self.header, numbers: Self.numbers)
        for count in 0..<bytes.count {
            try TemporaryFile.with(Array(bytes.prefix(count))) { path in
                _ = #expect(throws: SafetensorsRefusal.self) { try SafetensorsFile(readingFileAt: path) }
            }
        }
    }

    /// Every file with one byte of the header changed is refused, or has tensors that lie inside the file.
    @Test func aChangedByteIsNoCrash() throws {
        let bytes = SafetensorsBytes.file(Self.header, numbers: Self.numbers)
        for place in 0..<8 + Self.header.utf8.count {
            var bytes = bytes
            bytes[place] ^= 1 << UInt8(place % 8)
            try TemporaryFile.with(bytes) { path in
                guard let file = try? SafetensorsFile(readingFileAt: path) else { return }
                #expect(file.tensors.allSatisfy { $0.bytes.upperBound <= bytes.count })
                for tensor in file.tensors where tensor.type == .f32 { _ = try file.floats(of: tensor) }
            }
        }
    }
}
