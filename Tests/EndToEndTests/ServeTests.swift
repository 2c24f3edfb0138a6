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
