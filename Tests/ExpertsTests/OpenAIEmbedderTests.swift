import Core
import Experts
import Support
import Testing

struct OpenAIEmbedderTests {
    private func embedder(_ server: ScriptedSocketServer) -> OpenAIEmbedder {
        var spec = Sample.spec(at: server.url + "/v1", key: "sk-1")
        spec.card.id = "embedder"
        spec.card.model = "small"
        return OpenAIEmbedder(spec: spec, transport: Sample.transport, now: { ManualTime.start })
    }

    private func fault(_ reply: SocketReply, texts: [String] = ["a", "b"]) async throws -> Fault? {
        let server = try ScriptedSocketServer(reply)
        do {
            _ = try await embedder(server).embed(texts)
            return nil
        } catch let fault as Fault {
            return fault
        }
    }

    @Test func putsVectorsInOrderAndAtUnitLength() async throws {
        let server = try ScriptedSocketServer(
            .json(#"{"data":[{"index":1,"embedding":[0,-2]},{"index":0,"embedding":[3,4]}]}"#))
        #expect(try await embedder(server).embed(["a", "b"]) == [[0.6, 0.8], [0, -1]])
        let request = try #require(server.requests.first)
        #expect(request.path == "/v1/embeddings")
        #expect(request.header("authorization") == "Bearer sk-1")
        #expect(request.text == #"{"encoding_format":"float","input":["a","b"],"model":"small"}"#)
    }

    @Test func asksInBatchesOfSixtyFour() async throws {
        let server = try ScriptedSocketServer { request, _ in
            let count = request.text.split(separator: "\"t").count - 1
            return .json(
                #"{"data":[\#((0..<count).map { #"{"index":\#($0),"embedding":[1,0]}"# }.joined(separator: ","))]}"#)
        }
        let vectors = try await embedder(server).embed((0..<130).map { "t\($0)" })
        #expect(vectors.count == 130)
        #expect(server.requests.map { $0.text.split(separator: "\"t").count - 1 } == [64, 64, 2])
        #expect(try await embedder(server).embed([]).isEmpty)
    }

    @Test(arguments: [
        (#"{"data":[{"index":0,"embedding":[1,0]}]}"#, "sent 1 vectors for 2 texts"),
        (#"{"data":[{"embedding":[1,0]},{"embedding":[1,0,0]}]}"#, "sent vectors of different lengths"),
        (
            #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
            "sent a vector with the index 0, which is taken or beyond the 2 texts"
        ),
        (
            #"{"data":[{"index":-1,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
            "sent a vector with the index -1, which is taken or beyond the 2 texts"
        ),
        (#"{"data":[{"embedding":[]},{"embedding":[]}]}"#, "sent a vector without a length"),
        (#"{"data":[{"embedding":[1e30]},{"embedding":[1]}]}"#, "sent a vector without a length"),
        (#"{"data":[{"embedding":["x"]},{"embedding":[1]}]}"#, "sent JSON without data[].embedding"),
        (#"{"object":"list"}"#, "sent JSON without data[].embedding"),
    ])
    func refusesVectorsThatDoNotFit(_ body: String, _ found: String) async throws {
        let fault = try await fault(.json(body))
        #expect(fault?.found == found)
        #expect(fault?.code == .expertGarbled)
    }

    @Test func saysWhereItsSettingsStand() async throws {
        let fault = try await fault(.response(404, body: #"{"error":{"message":"no such model"}}"#))
        #expect(
            fault?.sentence.hasPrefix("embedder: answers with status 404: no such model. Check embedder.base_url (")
                == true)
        #expect(try await self.fault(.json(#"{"error":{"message":"full"}}"#))?.code == .expertFailed)
        #expect(try await self.fault(.response(type: "text/html", body: "<p>"))?.code == .expertGarbled)
        #expect(try await self.fault(SocketReply([.close]))?.code == .expertCutOff)
    }
}
