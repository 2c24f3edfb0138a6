import Foundation
import Support
import Testing
import Transport

/// The service as it runs: started, asked over a socket, stopped.
struct ServeTests {
    @Test func answersAndStopsWhenItIsTold() async throws {
        let service = try await Service(Program())
        let (status, text) = try await service.post(
            #"{"model":"auto","messages":[{"role":"user","content":"Solve for x: 5x - 8 = 37."}]}"#)
        #expect(status == 200)
        #expect(text.contains("Answer: 9"))
        service.process.send(SIGTERM)
        #expect(await service.process.end().status == 0)
    }

    @Test func aQuestionOfNoSkillIsAnswered() async throws {
        let server = try ScriptedSocketServer { request, _ in .answer("hm", to: request) }
        let service = try await Service(Program(configuration: Configurations.experts(server.url)))
        let (status, text) = try await service.post(
            #"{"model":"auto","messages":[{"role":"user","content":"Qwertz?"}]}"#)
        #expect(status == 200, "\(text)")
        #expect(text.contains("hm"))
    }

    @Test func aBodyOfFiftyMegabytesIsRefusedAndTheServiceLives() async throws {
        let service = try await Service(Program())
        let long = String(repeating: "x", count: 50 << 20)
        let (status, text) = try await service.post(
            #"{"model":"auto","messages":[{"role":"user","content":""# + long + #""}]}"#)
        #expect(status == 413)
        #expect(text.contains("request_too_large"), "\(text)")
        #expect(try await service.get("/healthz").status == 200)
    }

    @Test func withoutAHealthyExpertItSaysWhoFailed() async throws {
        let deaf = try ScriptedSocketServer.deafPort()
        let service = try await Service(Program(configuration: Configurations.experts("http://127.0.0.1:\(deaf)")))
        let question = #"{"model":"auto","messages":[{"role":"user","content":"2 + 2?"}]}"#
        for _ in 0..<8 {
            let (status, text) = try await service.post(question)
            #expect([502, 503].contains(status))
            #expect(text.contains("a: "), "\(text)")
        }
        #expect(try await service.get("/healthz").text.contains(#""a""#))
    }

    @Test func aRunningStreamMayEndWhenTheServiceStops() async throws {
        let piece = #"data: {"choices":[{"index":0,"delta":{"content":"word "}}]}"# + "\n\n"
        let server = try ScriptedSocketServer(
            .stream(Array(repeating: piece, count: 10) + ["data: [DONE]\n\n"], pause: .milliseconds(100)))
        let service = try await Service(Program(configuration: Configurations.experts(server.url)))
        let response = try await service.send(
            #"{"model":"auto","stream":true,"messages":[{"role":"user","content":"Talk"}]}"#)
        var bytes = try await response.body.next() ?? []
        service.process.send(SIGTERM)
        while let more = try await response.body.next() { bytes += more }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.components(separatedBy: "word ").count == 11, "\(text)")
        #expect(text.hasSuffix("data: [DONE]\n\n"))
        #expect(await service.process.end().status == 0)
    }

    @Test func aTakenPortIsSaid() async throws {
        let other = try ScriptedSocketServer(.hang)
        let outcome = try await Program().run("serve", "--port", String(other.port))
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("127.0.0.1:\(other.port)"), "\(outcome.errors)")
        #expect(outcome.errors.contains("--port"))
    }
}

/// A service on a free port of this machine.
private struct Service {
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
