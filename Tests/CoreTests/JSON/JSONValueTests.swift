import Core
import Foundation
import Testing

struct JSONValueTests {
    @Test func goesThroughUnchanged() throws {
        let text = #"{"a":[1,2.5,"x",null,true,{"b":-3}],"big":9007199254740993}"#
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == text)
    }
}
