import Foundation
import Testing
import Transport

/// The program serving a configuration, asked with keys.
struct KeyedService {
    let process: RunningProgram
    private let port: Int
    private let program: Program

    init(_ program: Program, environment: [String: String]) async throws {
        struct NotListening: Error { var remarks: String }
        self.program = program
        let file = program.folder + "/port"
        try? FileManager.default.removeItem(atPath: file)
        let process = try program.start(["serve", "--port", "0", "--port-file", "port"], environment: environment)
        self.process = process
        var port: Int?
        for _ in 0..<6_000 where port == nil && process.isRunning {
            port = FileManager.default.contents(atPath: file).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
            if port == nil { try await Task.sleep(for: .milliseconds(5)) }
        }
        guard let port else { throw NotListening(remarks: process.remarks) }
        self.port = port
    }

    /// Asks a question.
    func post(_ body: String, key: String? = nil) async throws -> (status: Int, text: String) {
        try await read(
            HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(port)/v1/chat/completions",
                headers: [("Content-Type", "application/json")] + Self.headers(key), body: Array(body.utf8)))
    }

    func get(_ path: String, key: String? = nil) async throws -> (status: Int, text: String) {
        try await read(HTTPRequest(url: "http://127.0.0.1:\(port)\(path)", headers: Self.headers(key)))
    }

    private static func headers(_ key: String?) -> [(String, String)] {
        key.map { [("Authorization", "Bearer \($0)")] } ?? []
    }

    /// On a connection of its own: on a busy machine one that was kept may be closed just as it is used again.
    private func read(_ request: HTTPRequest) async throws -> (status: Int, text: String) {
        let transport = HTTPTransport()
        defer { transport.shutdown() }
        let response = try await transport.send(request)
        return (response.status, String(decoding: try await response.body.collect(upTo: 1 << 20), as: UTF8.self))
    }
}
