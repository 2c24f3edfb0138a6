import Engine
import Testing

/// What is said of files that are not right; each sentence is held in whole.
struct SafetensorsRefusalTests {
    private func sentence(_ bytes: [UInt8]) throws -> String {
        try TemporaryFile.with(bytes) { path in
            do {
                _ = try SafetensorsFile(readingFileAt: path)
                return "accepted"
            } catch {
                return "\(error)"
            }
        }
    }

    @Test func saysWhatIsWrongWithTheStart() throws {
        #expect(
            try sentence([1, 2, 3])
                == "safetensors file, byte 0: the file has 3 bytes and 8 are needed. Was the download cut short?")
        #expect(
            try sentence(GGUFBytes.number(UInt64(40)) + Array("{}".utf8))
                == "safetensors file, byte 0: the file has 10 bytes and 48 are needed. Was the download cut short?")
        for size in [0, 1, 100_000_001, UInt64.max] {
            #expect(
                try sentence(GGUFBytes.number(size) + Array("{}".utf8))
                    == "safetensors file, byte 0: found a header of \(size) bytes, expected 2 to 100000000. "
                    + "Is this a safetensors file?")
        }
    }

    @Test(
        arguments: [
            ("[]", 8, "found an array of 0, expected an object"),
            ("{\"a\":1,\"a\":2}", 15, "found the name \"a\" a second time"),
            ("{\"a\" 1}", 13, "found “1”, expected “:”"),
            ("{\"a\":01}", 14, "found “1”, expected “,”"),
            ("{}{}", 10, "found more behind the end of the value"),
            ("{\"a\":\"\\ud800\"}", 20, "found half of a surrogate pair"),
        ])
    func saysWhereTheHeaderIsNoObject(header: String, offset: Int, found: String) throws {
        #expect(
            try sentence(SafetensorsBytes.file(header))
                == "safetensors file, byte \(offset): the header cannot be read: \(found). "
                + "Is this a safetensors file?")
    }

    @Test func aHeaderDeeperThanNeededIsRefused() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(try sentence(SafetensorsBytes.file(deep)).contains("found values more than 32 deep"))
    }

    @Test(
        arguments: [
            ("{\"a\":3}", "is described without dtype, expected the name of a type. The file is damaged."),
            (
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
                "has the shape [1.5], expected at most 8 whole numbers. The file is damaged."
            ),
            (
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "has the shape [-1], expected at most 8 whole numbers. The file is damaged."
            ),
            (
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
                "is described without data_offsets, expected two whole numbers. The file is damaged."
            ),
            (
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
                "is described without shape, expected an array of whole numbers. The file is damaged."
            ),
        ])
    func saysWhatADescriptionLacks(header: String, sentence expected: String) throws {
        #expect(
            try sentence(SafetensorsBytes.file(header, numbers: [0, 0, 0, 0]))
                == "safetensors file, byte 8: the tensor \"a\" \(expected)")
    }

    @Test func namesTheTypesThereAre() throws {
        let entry = SafetensorsBytes.entry("a", "F4", [1], 0, 4)
        let said = try sentence(SafetensorsBytes.file(entries: [entry], numberBytes: 4))
        #expect(said.contains("the tensor \"a\" has type \"F4\", expected one of BOOL, U8, "))
    }

    @Test func everyRangeIsHeldToTheFile() throws {
        for (begin, end) in [(0, 12), (-4, 0), (4, 0), (0, Int.max)] {
            let entry = SafetensorsBytes.entry("a", "F32", [2], begin, end)
            #expect(
                try sentence(SafetensorsBytes.file(entries: [entry], numberBytes: 8))
                    == "safetensors file, byte 8: the tensor \"a\" lies at \(begin) to \(end) behind the header, "
                    + "expected a range within the 8 bytes there. Was the download cut short?")
        }
    }

    @Test func theSizeFollowsFromTypeAndShape() throws {
        let entry = SafetensorsBytes.entry("a", "F32", [3], 0, 8)
        #expect(
            try sentence(SafetensorsBytes.file(entries: [entry], numberBytes: 8))
                == "safetensors file, byte \(8 + entry.utf8.count + 2): the tensor \"a\" has 8 bytes, expected 12 by its "
                + "type and shape. The file is damaged.")
        let huge = SafetensorsBytes.entry("a", "F32", [1 << 40, 1 << 40], 0, 8)
        #expect(
            try sentence(SafetensorsBytes.file(entries: [huge], numberBytes: 8))
                .contains("has 8 bytes, expected more than can be counted by its type and shape."))
    }

    @Test func everyByteBelongsToExactlyOneTensor() throws {
        func entries(_ second: (Int, Int)) -> [String] {
            [
                SafetensorsBytes.entry("a", "F32", [1], 0, 4),
                SafetensorsBytes.entry("b", "F32", [(second.1 - second.0) / 4], second.0, second.1),
            ]
        }
        let overlap = entries((0, 8))
        let start = 8 + overlap.joined(separator: ",").utf8.count + 2
        #expect(
            try sentence(SafetensorsBytes.file(entries: overlap, numberBytes: 8))
                == "safetensors file, byte \(start): the tensor \"b\" shares bytes with the tensor \"a\", expected its "
                + "own. The file is damaged.")
        #expect(
            try sentence(SafetensorsBytes.file(entries: entries((8, 12)), numberBytes: 12))
                .contains("belong to no tensor, expected none between or behind the tensors. The file is damaged."))
        #expect(
            try sentence(SafetensorsBytes.file(entries: entries((4, 8)), numberBytes: 9))
                .contains("the bytes \(start + 8) to \(start + 9) (left out) belong to no tensor"))
    }

    @Test func aFileThatIsNotThereIsSaidToBe() {
        #expect(throws: SafetensorsRefusal(offset: 0, reason: .unreadable("No such file or directory"))) {
            try SafetensorsFile(readingFileAt: "/nowhere/model.safetensors")
        }
    }
}
