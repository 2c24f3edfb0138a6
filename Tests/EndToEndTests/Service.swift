import Foundation
import Transport

/// A service on a free port of this machine.
struct Service {
    let process: RunningProgram
    private let transport = HTTPTransport()
    private let port: Int
    private let program: Program

    init(_ program: Program) async throws {
        struct NotListening: Error { var remarks: String }
        self.program = program
        let process = try program.start(["serve", "--port", "0", "--port-file", "port"])
        self.process = process
        let file = program.folder + "/port"
        var port: Int?
        for _ in 0..<6_000 where port == nil && process.isRunning {
            port = FileManager.default.contents(atPath: file).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
            if port == nil { try await Task.sleep(for: .milliseconds(5)) }
        }
        guard let port else { throw NotListening(remarks: process.remarks) }
        self.port = port
    }

    /// Where it is reached.
    var address: String { "http://127.0.0.1:\(port)" }

    func send(_ body: String) async throws -> HTTPResponse {
        try await transport.send(
            HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(port)/v1/chat/completions",
                headers: [("Content-Type", "application/json")], body: Array(body.utf8)))
    }

    func post(_ body: String) async throws -> (status: Int, text: String) { try await read(try await send(body)) }

    func get(_ path: String) async throws -> (status: Int, text: String) {
        try await read(try await transport.send(HTTPRequest(url: "http://127.0.0.1:\(port)\(path)")))
    }

    private func read(_ response: HTTPResponse) async throws -> (status: Int, text: String) {
        (response.status, String(decoding: try await response.body.collect(upTo: 1 << 20), as: UTF8.self))
    }
}
