import Core
import Foundation
import Support
import Testing

struct JSONTextTests {
    @Test func wholeNumbersHaveNoPointAndWhatJSONLacksIsNull() {
        let value = JSONValue.array([.number(1), .number(0.5), .number(-3), .number(1e300), .number(.infinity), .number(.nan)])
        #expect(JSONText.of(value) == "[1,0.5,-3,1e+300,null,null]")
    }

    @Test func membersStandInNameOrder() {
        #expect(
            JSONText.of(.object(["b": .null, "a": .bool(true), "\"": .string("\u{1}\n\\/é")]))
                == #"{"\"":"\u0001\n\\/é","a":true,"b":null}"#)
    }

    /// Law: another reader of JSON gets back what was written.
    @Test func anotherReaderReadsTheSame() throws {
        var random = TestRandom(seed: 5)
        func value(_ depth: Int) -> JSONValue {
            switch Int.random(in: 0...(depth > 3 ? 4 : 6), using: &random) {
            case 0: .null
            case 1: .bool(Bool.random(using: &random))
            case 2: .integer(Int.random(in: -1_000_000...1_000_000, using: &random))
            case 3: .number(Double.random(in: -1...1, using: &random))
            case 4: .string(String((0..<Int.random(in: 0...40, using: &random)).map { _ in
                Character(Unicode.Scalar(UInt32.random(in: 0...0x3000, using: &random)) ?? " ") }))
            case 5: .array((0..<3).map { _ in value(depth + 1) })
            default: .object(["x": value(depth + 1), "y": value(depth + 1)])
            }
        }
        for _ in 0..<300 {
            let written = JSONValue.array([value(0)])
            let bytes = JSONText.bytes(of: written)
            #expect(try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) == written)
            #expect(try JSONReader.read(bytes) == written)
        }
    }
}
