import Bench
import Core
import Foundation
import Testing

struct PackedFileTests {
    private let packed = PackedFile(name: "x", largest: 1 << 16)

    private func unpack(_ base64: String, member: String? = nil) throws -> String {
        let data = try #require(Data(base64Encoded: base64))
        return String(decoding: try packed.unpacked(data, member: member), as: UTF8.self)
    }

    // printf '{"question": "%s?"}\n' a b a b a b | gzip -9n | base64
    @Test func gzipIsOpened() throws {
        #expect(
            try unpack(Self.gzip) == String(repeating: "{\"question\": \"a?\"}\n{\"question\": \"b?\"}\n", count: 3))
    }

    @Test func aMemberOfAnArchiveIsFoundByName() throws {
        #expect(try unpack(Self.zip, member: "d/two.jsonl") == "second\n")
        #expect(try unpack(Self.zip, member: "d/one.jsonl") == String(repeating: "first ", count: 40))
        let fault = #expect(throws: Fault.self) { try unpack(Self.zip, member: "d/twi.jsonl") }
        #expect(fault?.expected == "Did you mean d/two.jsonl?")
    }

    @Test func whatIsNotPackedStaysAsItIs() throws {
        #expect(try packed.unpacked(Data("plain".utf8)) == Data("plain".utf8))
    }

    @Test func brokenAndEndlessFilesAreRefused() throws {
        let whole = try #require(Data(base64Encoded: Self.gzip))
        for count in 4..<whole.count - 8 {
            #expect(throws: Fault.self, "\(count)") { try packed.unpacked(whole.prefix(count)) }
        }
        let small = PackedFile(name: "x", largest: 50)
        #expect(throws: Fault.self) { try small.unpacked(whole) }
        let archive = try #require(Data(base64Encoded: Self.zip))
        for place in 0..<archive.count {
            var damaged = archive
            damaged[place] ^= 0xFF
            _ = try? packed.unpacked(damaged, member: "d/one.jsonl")  // whatever it says, it comes back
        }
    }

    private static let gzip =
        "H4sIAAAAAAACA6tWKixNLS7JzM9TslJQSrRXquWqRhFKwhSiTBUAlFZ6tHIAAAA="
    private static let zip =
        "UEsDBBQAAAAIAAAAIVDPvg9tCwAAAPAAAAALAAAAZC9vbmUuanNvbmxLyywqLlFIGzEkAFBLAwQUAAAAAAAAACFQfsAPBgcA"
        + "AAAHAAAACwAAAGQvdHdvLmpzb25sc2Vjb25kClBLAQIUAxQAAAAIAAAAIVDPvg9tCwAAAPAAAAALAAAAAAAAAAAAAACAAQAA"
        + "AABkL29uZS5qc29ubFBLAQIUAxQAAAAAAAAAIVB+wA8GBwAAAAcAAAALAAAAAAAAAAAAAACAATQAAABkL3R3by5qc29ubFBL"
        + "BQYAAAAAAgACAHIAAABkAAAAAAA="
}
