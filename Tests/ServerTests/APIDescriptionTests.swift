import Core
import HTTPTypes
import Server
import Testing

struct APIDescriptionTests {
    private var paths: [String: JSONValue] {
        get throws { try JSONReader.read(Array(APIDescription.json.utf8))["paths"]?.members ?? [:] }
    }

    @Test func everyPathIsDescribedAndNoOther() throws {
        // Who has no admin key is told of no admin path; the description is for those who have one, too.
        #expect(
            try paths.keys.filter { !$0.hasPrefix("/admin") }.sorted()
                == (Endpoint.paths + Endpoint.dashboardPaths).sorted())
    }

    @Test func everyMethodIsDescribedAndNoOther() throws {
        for (path, operations) in try paths {
            let endpoint = try #require(Endpoint(path: path), "\(path)")
            let described = (operations.members ?? [:]).keys.map { $0.uppercased() }.sorted()
            #expect(described == endpoint.methods.map(\.rawValue).sorted(), "\(path)")
        }
    }

    /// A reference to nothing would make the document useless to every program.
    @Test func everyReferenceLeadsSomewhere() throws {
        let document = try JSONReader.read(Array(APIDescription.json.utf8))
        let schemas = try #require(document["components"]?["schemas"]?.members)
        func references(in value: JSONValue) -> [String] {
            switch value {
            case .object(let members):
                (members["$ref"]?.text.map { [$0] } ?? []) + members.values.flatMap(references)
            case .array(let elements): elements.flatMap(references)
            default: []
            }
        }
        let found = references(in: document)
        #expect(found.count > 20)
        for reference in found { #expect(schemas[String(reference.dropFirst("#/components/schemas/".count))] != nil) }
        #expect(Set(found).count == schemas.count)
    }

    @Test func itIsServedToEverybody() async throws {
        let door = FrontDoor(options: ServiceOptions(keys: ["secret"]))
        let reply = try await door.get("/openapi.json")
        #expect(reply.status == 200)
        #expect(try reply.json["openapi"]?.text == "3.1.0")
    }
}
