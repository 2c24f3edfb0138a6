import Foundation
import Testing
import Transport

/// Batches of the built program: a batch that was under way when the program was killed goes on when it is started.
struct BatchResumeTests {
    private static let configuration = """
        store: {path: store.sqlite}
        experts:
          a: {kind: scripted, script: {otherwise: "A on {question}", delay: 20ms}, limits: {concurrent: 2}}
          b: {kind: scripted, script: {otherwise: "B on {question}", delay: 20ms}, limits: {concurrent: 2}}
        routing:
          both: {strategy: fixed, members: [a, b]}
        routes:
          auto: {routing: both}
        """

    private let transport = HTTPTransport()

    private func listening(_ program: Program) async throws -> (process: RunningProgram, address: String) {
        struct NotListening: Error { var remarks: String }
        let file = "port-\(UUID().uuidString)"
        let process = try program.start(["serve", "--port", "0", "--port-file", file])
        for _ in 0..<6_000 where process.isRunning {
            let bytes = FileManager.default.contents(atPath: program.folder + "/" + file) ?? Data()
            if let port = Int(String(decoding: bytes, as: UTF8.self)) { return (process, "http://127.0.0.1:\(port)") }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NotListening(remarks: process.remarks)
    }

    private func ask(_ address: String, _ body: String? = nil, type: String = "application/json") async throws -> String
    {
        let response = try await transport.send(
            HTTPRequest(
                method: body == nil ? "GET" : "POST", url: address, headers: [("Content-Type", type)],
                body: body.map { Array($0.utf8) } ?? []))
        return String(decoding: try await response.body.collect(upTo: 1 << 24), as: UTF8.self)
    }

    private func member(_ name: String, of json: String) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return try #require(object?[name] as? String, "\(json)")
    }

    @Test func aKilledProgramLosesNoAnswerAndGivesNoneTwice() async throws {
        let program = try Program(configuration: Self.configuration)
        let first = try await listening(program)
        let lines = (0..<60).map {
            #"{"custom_id":"q\#($0)","method":"POST","url":"/v1/chat/completions","#
                + #""body":{"model":"auto","messages":[{"role":"user","content":"Number \#($0)"}]}}"#
        }
        let file = try member(
            "id", of: await ask(first.address + "/v1/files", lines.joined(separator: "\n"), type: "application/jsonl"))
        let id = try member(
            "id",
            of: await ask(
                first.address + "/v1/batches",
                #"{"input_file_id":"\#(file)","endpoint":"/v1/chat/completions","completion_window":"24h"}"#))
        // Somewhere in the middle, wherever that is on this machine.
        var isUnderWay = false
        for _ in 0..<2_000 where !isUnderWay {
            isUnderWay = try await !ask(first.address + "/v1/batches/" + id).contains(#""completed":0"#)
            if !isUnderWay { try await Task.sleep(for: .milliseconds(5)) }
        }
        first.process.send(SIGKILL)
        _ = await first.process.end()

        let second = try await listening(program)
        var batch = ""
        for _ in 0..<6_000 {
            batch = try await ask(second.address + "/v1/batches/" + id)
            if batch.contains(#""status":"completed""#) { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(batch.contains(#""request_counts":{"completed":60,"failed":0,"total":60}"#), "\(batch)")
        let results = try await ask(
            second.address + "/v1/files/" + member("output_file_id", of: batch) + "/content")
        let names = results.split(separator: "\n").map {
            $0.split(separator: "\"custom_id\":\"")[1].prefix { $0 != "\"" }
        }
        #expect(names.count == 60)
        #expect(Set(names).count == 60)
        second.process.send(SIGTERM)
        #expect(await second.process.end().status == 0)
    }
}
