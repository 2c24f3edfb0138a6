import Core
import Support
import Testing

struct EmbeddingsRouteTests {
    /// Vectors of one direction; shortens them if told to.
    private struct FakeEmbedder: Embedder {
        let name = "fake"
        var size = 2
        var mayShorten = false

        func embed(_ texts: [String]) async throws -> [[Float]] {
            texts.map { text in (0..<size).map { $0 == text.utf8.count % size ? 1 : -0.5 } }
        }

        func shortened(to dimensions: Int) -> (any Embedder)? {
            mayShorten ? FakeEmbedder(size: dimensions, mayShorten: true) : nil
        }
    }

    private static let shelf = EmbedderShelf([
        .init(id: "fake", summary: "two numbers", embedder: FakeEmbedder()),
        .init(id: "long", summary: "as many as you like", embedder: FakeEmbedder(mayShorten: true)),
    ])

    private func post(_ members: String, model: String = "fake") async throws -> Reply {
        try await FrontDoor(embedders: Self.shelf).post("/v1/embeddings", #"{"model": "\#(model)", \#(members)}"#)
    }

    @Test func vectorsStandInTheOrderOfTheTexts() async throws {
        let reply = try await post(#""input": ["a", "bb"]"#)
        #expect(
            reply.body
                == #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[-0.5,1.0]},"#
                + #"{"object":"embedding","index":1,"embedding":[1.0,-0.5]}],"model":"fake","#
                + #""usage":{"prompt_tokens":2,"total_tokens":2}}"#)
    }

    /// 1.0 is 0x3F800000 and -0.5 is 0xBF000000, least byte first: 00 00 80 3F 00 00 00 BF.
    @Test func base64HoldsTheSameNumbers() async throws {
        let json = try await post(#""input": "aa", "encoding_format": "base64""#).json
        #expect(json["data"]?.elements?.first?["embedding"]?.text == "AACAPwAAAL8=")
    }

    @Test func vectorsAreShortenedWhereTheEmbedderCan() async throws {
        let json = try await post(#""input": "a", "dimensions": 5"#, model: "long").json
        #expect(json["data"]?.elements?.first?["embedding"]?.elements?.count == 5)
        #expect(try await post(#""input": "a", "dimensions": 2"#).status == 200)
        let refused = try await post(#""input": "a", "dimensions": 5"#)
        #expect(refused.refusal?.param == "dimensions")
        #expect(
            refused.refusal?.message
                == "dimensions: the vectors of fake have 2 dimensions. Leave it out, or ask an embedder that can "
                + "shorten its vectors.")
    }

    @Test(arguments: [
        #""input": [1, 2]"#, #""input": [[1, 2]]"#, #""input": []"#, #""input": """#, #""input": ["a", ""]"#,
        #""input": 7"#, #""dimensions": 2"#, #""input": "a", "encoding_format": "hex""#,
        #""input": "a", "dimensions": 0"#,
    ])
    func whatIsNoTextIsRefused(_ members: String) async throws {
        let reply = try await post(members)
        #expect(reply.status == 400)
        #expect(reply.refusal?.param != nil)
    }

    @Test func anUnknownEmbedderIsNamedWithTheNearest() async throws {
        let reply = try await post(#""input": "a""#, model: "fakes")
        #expect(reply.status == 404)
        #expect(reply.refusal?.message.contains("Did you mean fake?") == true)
    }

    @Test func embeddersAreListedLast() async throws {
        let json = try await FrontDoor(embedders: Self.shelf).get("/v1/models").json
        #expect(
            json["data"]?.elements?.compactMap { $0["kind"]?.text } == [
                "route", "expert", "expert", "embedder", "embedder",
            ])
        #expect(try await FrontDoor(embedders: Self.shelf).get("/v1/models/long").json["kind"]?.text == "embedder")
    }
}
