import Engine
import Foundation
import Testing

struct GGUFPartsTests {
    @Test func aModelInOneFileIsOnePart() throws {
        try withFolder { folder in
            let path = try write(GGUFBytes.small.bytes, "model.gguf", in: folder)
            let parts = try GGUFParts(readingFileAt: path)
            #expect(parts.files.count == 1)
            #expect(try parts.place(of: "up").tensor.type == .q8_0)
            #expect(throws: GGUFRefusal(offset: 24, reason: .missing(.tensor, name: "down"))) {
                try parts.place(of: "down")
            }
        }
    }

    @Test func findsATensorInWhicheverPartItIs() throws {
        try withFolder { folder in
            let path = try writeParts(3, in: folder)
            let parts = try GGUFParts(readingFileAt: path)
            #expect(parts.files.count == 3)
            #expect(try parts.metadata.text("general.name") == "split")
            for index in 0..<3 {
                let place = try parts.place(of: "t\(index)")
                #expect(try place.file.numbers(of: place.tensor, rows: 0..<1) == [Float(index)])
            }
        }
    }

    @Test func refusesAMissingPartByName() throws {
        try withFolder { folder in
            let path = try writeParts(3, in: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "m-00003-of-00003.gguf"))
            let missing = GGUFRefusal(offset: 0, reason: .unreadable("No such file or directory"))
            #expect(throws: GGUFRefusal(offset: 0, reason: .part("m-00003-of-00003.gguf", missing))) {
                try GGUFParts(readingFileAt: path)
            }
        }
    }

    @Test func refusesAPartThatIsNotTheFirst() throws {
        try withFolder { folder in
            _ = try writeParts(3, in: folder)
            expect(folder, "m-00002-of-00003.gguf") {
                $0 == .notFirstPart(index: 1, count: 3, ending: "-00001-of-00003.gguf")
            }
            _ = try write(part(0, of: 3), "renamed.gguf", in: folder)
            expect(folder, "renamed.gguf") {
                $0 == .notFirstPart(index: 0, count: 3, ending: "-00001-of-00003.gguf")
            }
        }
    }

    @Test(arguments: [0, 65535] as [UInt16])
    func refusesACountThatCannotBe(count: UInt16) throws {
        try withFolder { folder in
            _ = try write(part(0, of: count), "m-00001-of-65535.gguf", in: folder)
            expect(folder, "m-00001-of-65535.gguf") { reason in
                if case .part("m-00002-of-65535.gguf", _) = reason { return count == 65535 }
                return count == 0 && reason == .wrongValue(key: "split.count", found: "0", expected: "1 to 99999")
            }
        }
    }

    @Test func refusesPartsThatDoNotBelongTogether() throws {
        try withFolder { folder in
            let path = try writeParts(2, in: folder)
            let second = "m-00002-of-00002.gguf"
            // A part of another model, the first part again, another's place, a tensor that is in both, one too few.
            let wrongs = [
                part(1, of: 3), part(0, of: 2), part(2, of: 2), part(1, of: 2, tensor: "t0"),
                part(1, of: 2, tensor: nil),
            ]
            for wrong in wrongs {
                _ = try write(wrong, second, in: folder)
                #expect(throws: GGUFRefusal.self) { try GGUFParts(readingFileAt: path) }
            }
            _ = try write(part(1, of: 2), second, in: folder)
            #expect(try GGUFParts(readingFileAt: path).files.count == 2)
        }
    }

    private func part(_ index: UInt16, of count: UInt16) -> [UInt8] {
        part(index, of: count, tensor: "t\(index)")
    }

    private func part(_ index: UInt16, of count: UInt16, tensor: String?) -> [UInt8] {
        var bytes = GGUFBytes()
        bytes.add("split.no", type: 2, GGUFBytes.number(index))
        bytes.add("split.count", type: 2, GGUFBytes.number(count))
        if index == 0 {
            bytes.add("general.name", type: 8, GGUFBytes.text("split"))
            bytes.add("split.tensors.count", type: 5, GGUFBytes.number(Int32(count)))
        }
        if let tensor {
            bytes.add(tensor: tensor, shape: [1], type: 0, start: 0)
            bytes.numbers = GGUFBytes.number(Float(index).bitPattern)
        }
        return bytes.bytes
    }

    /// Writes all parts and returns the path of the first.
    private func writeParts(_ count: UInt16, in folder: URL) throws -> String {
        let paths = try (0..<count).map { index in
            let name = String(format: "m-%05d-of-%05d.gguf", Int(index) + 1, Int(count))
            return try write(part(index, of: count), name, in: folder)
        }
        return try #require(paths.first)
    }

    private func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws -> String {
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        return file.path()
    }

    private func expect(_ folder: URL, _ name: String, _ holds: (GGUFRefusal.Reason) -> Bool) {
        do {
            _ = try GGUFParts(readingFileAt: folder.appending(path: name).path())
            Issue.record("\(name) was accepted")
        } catch {
            #expect(holds(error.reason), "\(error)")
        }
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
