import Core
import Foundation
import Logging
import Server
import Synchronization
import Testing

struct JSONLogHandlerTests {
    private func lines(_ write: (inout Logger) -> Void) throws -> [JSONValue] {
        let texts = Box()
        var logger = Logger(label: "test") { _ in
            JSONLogHandler(now: { Date(timeIntervalSince1970: 1_700_000_000.25) }, write: { texts.add($0) })
        }
        logger.logLevel = .info
        write(&logger)
        #expect(texts.all.allSatisfy { $0.hasSuffix("}\n") && $0.split(separator: "\n").count == 1 })
        return try texts.all.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
    }

    private final class Box: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    @Test func aLineIsOneObject() throws {
        let lines = try lines { logger in
            logger[metadataKey: "id"] = "req-1"
            logger.info("request", metadata: ["status": .stringConvertible(200), "seconds": .stringConvertible(0.5)])
        }
        #expect(
            lines == [
                .object([
                    "time": .string("2023-11-14T22:13:20.250Z"), "level": .string("info"),
                    "message": .string("request"), "id": .string("req-1"), "status": .integer(200),
                    "seconds": .number(0.5),
                ])
            ])
    }

    @Test func hostileTextStaysInItsPlace() throws {
        let nasty = "a\"b\\c\nd\u{1B}[31m\u{0}é"
        let lines = try lines { logger in
            logger.warning("\(nasty)", metadata: ["\(nasty)": "\(nasty)", "list": ["\(nasty)", ["k": "v"]]])
        }
        #expect(lines.count == 1)
        #expect(lines[0]["message"] == .string(nasty) && lines[0][nasty] == .string(nasty))
        #expect(lines[0]["list"] == .array([.string(nasty), .object(["k": .string("v")])]))
    }

    @Test func aTakenNameGivesWay() throws {
        let lines = try lines { $0.info("m", metadata: ["level": "low", "time": "noon"]) }
        #expect(lines[0]["level"] == .string("info") && lines[0]["level_"] == .string("low"))
        #expect(lines[0]["time_"] == .string("noon"))
    }

    @Test func anIDOfDigitsIsText() throws {
        #expect(try lines { $0.info("m", metadata: ["id": "12345"]) }[0]["id"] == .string("12345"))
    }
}
