import Core
import HTTPTypes
import Logging
import Server
import Support
import Testing

struct BatchesRouteTests {
    /// Runs each line as it is.
    private struct OneByOne: BatchService {
        let service: any AnswerService

        func together(
            _ lines: [BatchLine], of batch: String,
            _ work: @escaping @Sendable (BatchLine, any AnswerService) async -> Void
        ) async {
            for line in lines { await work(line, service) }
        }
    }

    /// A door with a runner that works when it is told to.
    private struct Office {
        let shelf = BatchShelf()
        let service: ScriptedService
        let runner: BatchRunner
        let door: FrontDoor

        init(_ service: ScriptedService = ScriptedService()) {
            let time = ManualTime(.waits)
            self.service = service
            runner = BatchRunner(
                store: shelf, service: OneByOne(service: service), embedders: EmbedderShelf(), time: time.source,
                logger: LogLines().logger)
            door = FrontDoor(service, batches: runner)
        }

        /// Puts lines there and makes a batch of them.
        func begin(_ lines: String, headers: HTTPFields = [:]) async throws -> JSONValue {
            let type = HTTPFields([HTTPField(name: .contentType, value: "application/jsonl")])
            let file = try await door.post("/v1/files", lines, headers: type)
            #expect(file.status == 200, "\(file.body)")
            let id = try file.json["id"]?.text ?? ""
            return try await door.post("/v1/batches", Self.order(id), headers: headers).json
        }

        static func order(_ file: String) -> String {
            #"{"input_file_id": "\#(file)", "endpoint": "/v1/chat/completions", "completion_window": "24h"}"#
        }

        func batch(_ id: String) async throws -> JSONValue { try await door.get("/v1/batches/" + id).json }
    }

    private static func line(_ name: String, _ body: String = Samples.chat()) -> String {
        #"{"custom_id": "\#(name)", "method": "POST", "url": "/v1/chat/completions", "body": \#(body)}"#
    }

    @Test func everyLineIsAnsweredAndTheResultsStandInTheirFiles() async throws {
        let office = Office()
        let begun = try await office.begin(
            [Self.line("a"), "", Self.line("b", #"{"model": "auto"}"#)].joined(separator: "\n"))
        let id = try #require(begun["id"]?.text)
        #expect(begun["status"]?.text == "validating")
        await office.runner.work()
        let batch = try await office.batch(id)
        #expect(batch["status"]?.text == "completed")
        #expect(
            batch["request_counts"] == .object(["total": .integer(2), "completed": .integer(1), "failed": .integer(1)]))
        let output = try await office.door.get("/v1/files/\(batch["output_file_id"]?.text ?? "")/content")
        #expect(output.header("content-type") == "application/jsonl")
        let answer = try JSONReader.read(Array(output.body.utf8))
        #expect(answer["custom_id"]?.text == "a")
        #expect(answer["response"]?["status_code"]?.whole == 200)
        #expect(answer["response"]?["body"]?["choices"]?.elements?.first?["message"]?["content"]?.text == "Forty-two")
        let errors = try await office.door.get("/v1/files/\(batch["error_file_id"]?.text ?? "")/content")
        let error = try JSONReader.read(Array(errors.body.utf8))
        #expect(error["response"]?["status_code"]?.whole == 400)
        #expect(error["response"]?["body"]?["error"]?["param"]?.text == "messages")
    }

    @Test func aFileWithSlipsFailsWithEachOfThem() async throws {
        let office = Office()
        let lines = [
            Self.line("a"), Self.line("a"), "{", "[]", #"{"custom_id": 7}"#,
            #"{"custom_id": "b", "method": "GET"}"#, #"{"custom_id": "c", "method": "POST", "url": "/v1/embeddings"}"#,
            #"{"custom_id": "d", "method": "POST", "url": "/v1/chat/completions", "body": []}"#,
        ]
        let id = try #require(try await office.begin(lines.joined(separator: "\r\n"))["id"]?.text)
        await office.runner.work()
        let batch = try await office.batch(id)
        #expect(batch["status"]?.text == "failed")
        let found = batch["errors"]?["data"]?.elements?.map { [$0["code"]?.text ?? "", "\($0["line"]?.whole ?? 0)"] }
        #expect(
            found == [
                ["duplicate_custom_id", "2"], ["invalid_json_line", "3"], ["invalid_json_line", "4"],
                ["missing_custom_id", "5"], ["invalid_method", "6"], ["mismatched_endpoint", "7"],
                ["missing_body", "8"],
            ])
        #expect(office.service.asked.isEmpty)
    }

    @Test func nobodyIsAskedForAnswersThatCannotBeKept() async throws {
        let office = Office()
        _ = try await office.begin(Self.line("a"))
        office.shelf.fill()
        await office.runner.work()
        #expect(office.service.asked.isEmpty)
    }

    @Test func aBatchIsCancelledAndKeepsWhatIsDone() async throws {
        let office = Office()
        let id = try #require(try await office.begin(Self.line("a"))["id"]?.text)
        let cancelled = try await office.door.send(.post, "/v1/batches/\(id)/cancel")
        #expect(try cancelled.json["status"]?.text == "cancelling")
        await office.runner.work()
        let batch = try await office.batch(id)
        #expect(batch["status"]?.text == "cancelled")
        #expect(batch["output_file_id"] == .null)
        #expect(office.service.asked.isEmpty)
        #expect(try await office.door.send(.post, "/v1/batches/\(id)/cancel").status == 200)
    }

    @Test func aBatchThatIsOverCannotBeCancelled() async throws {
        let office = Office()
        let id = try #require(try await office.begin(Self.line("a"))["id"]?.text)
        await office.runner.work()
        let reply = try await office.door.send(.post, "/v1/batches/\(id)/cancel")
        #expect(reply.status == 409)
        #expect(reply.refusal?.code == "batch_over")
    }

    @Test func aSecondTryOfTheSameRequestMakesNoSecondBatch() async throws {
        let office = Office()
        let name = try #require(HTTPField.Name("idempotency-key"))
        let first = try await office.begin(Self.line("a"), headers: [name: "k"])
        let second = try await office.begin(Self.line("a"), headers: [name: "k"])
        #expect(first["id"] == second["id"])
        #expect(try await office.door.get("/v1/batches").json["data"]?.elements?.count == 1)
    }

    @Test(arguments: [
        (#"{"endpoint": "/v1/chat/completions", "completion_window": "24h"}"#, 400),
        (#"{"input_file_id": "file-0", "endpoint": "/v1/chat/completions", "completion_window": "24h"}"#, 404),
        (#"{"input_file_id": "file-0", "endpoint": "/v1/moderations", "completion_window": "24h"}"#, 400),
        (#"{"input_file_id": "file-0", "endpoint": "/v1/embeddings", "completion_window": "1h"}"#, 400),
        (
            #"{"input_file_id": "f", "endpoint": "/v1/embeddings", "completion_window": "24h", "metadata": {"a": 1}}"#,
            400
        ),
    ])
    func anOrderThatCannotBeIsRefused(_ order: String, _ status: Int) async throws {
        let reply = try await Office().door.post("/v1/batches", order)
        #expect(reply.status == status)
        #expect(reply.refusal != nil)
    }

    // MARK: Files

    private static let form = HTTPFields([
        HTTPField(name: .contentType, value: "multipart/form-data; boundary=\"b ound\"")
    ])

    private static func part(_ head: String, _ content: String) -> String {
        "--b ound\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(content)\r\n"
    }

    @Test func aFormIsReadPartByPart() async throws {
        let office = Office()
        let body =
            Self.part(#"name="purpose""#, "batch")
            + Self.part(#"name="file"; filename="a b.jsonl""# + "\r\nContent-Type: text/plain", "x\r\n--b oun\r\ny")
            + "--b ound--\r\n"
        let reply = try await office.door.post("/v1/files", body, headers: Self.form)
        #expect(reply.status == 200, "\(reply.body)")
        let file = try reply.json
        #expect(file["filename"]?.text == "a b.jsonl")
        #expect(file["bytes"]?.whole == 13)
        let id = file["id"]?.text ?? ""
        #expect(try await office.door.get("/v1/files/\(id)/content").body == "x\r\n--b oun\r\ny")
        #expect(try await office.door.send(.delete, "/v1/files/\(id)").json["deleted"] == .bool(true))
        #expect(try await office.door.get("/v1/files/\(id)").status == 404)
    }

    @Test(arguments: [
        "", "--b ound", "--b ound\r\n", "--b ound--", part(#"name="file"; filename="a""#, "x"),
        part(#"name="purpose""#, "batch") + "--b ound--", part(#"name="purpose""#, "assistants") + "--b ound--",
        part(#"name="purpose""#, "batch") + part(#"name="file"; filename="a""#, "") + "--b ound--",
        part(#"names="purpose""#, "batch") + "--b ound--", "--b ound\r\nContent-Disposition: x\r\n\r\n",
    ])
    func aFormThatIsNoneIsRefused(_ body: String) async throws {
        #expect(try await Office().door.post("/v1/files", body, headers: Self.form).status == 400)
    }

    @Test func listsComeInPages() async throws {
        let office = Office()
        for name in ["a", "b", "c"] { _ = try await office.begin(Self.line(name)) }
        let first = try await office.door.get("/v1/batches?limit=2").json
        #expect(first["data"]?.elements?.count == 2)
        #expect(first["has_more"] == .bool(true))
        let last = try #require(first["last_id"]?.text)
        let rest = try await office.door.get("/v1/batches?limit=2&after=\(last)").json
        #expect(rest["data"]?.elements?.count == 1)
        #expect(rest["has_more"] == .bool(false))
        #expect(try await office.door.get("/v1/files?limit=0").status == 400)
        #expect(try await office.door.get("/v1/files?purpose=batch_output").json["data"] == .array([]))
    }

    @Test func filesComeOldestFirstWhereThatIsAskedFor() async throws {
        let office = Office()
        for name in ["a", "b", "c"] { _ = try await office.begin(Self.line(name)) }
        func ids(_ query: String) async throws -> [String] {
            try await office.door.get("/v1/files?" + query).json["data"]?.elements?.compactMap { $0["id"]?.text } ?? []
        }
        let newest = try await ids("order=desc")
        #expect(newest.count == 3)
        #expect(try await ids("") == newest)
        #expect(try await ids("order=asc") == newest.reversed())
        #expect(try await ids("order=asc&limit=1&after=\(newest[2])") == [newest[1]])
        let refused = try await office.door.get("/v1/files?order=up")
        #expect(refused.status == 400 && refused.refusal?.param == "order")
    }

    @Test(arguments: [
        (#"filename="a;b.jsonl""#, "a;b.jsonl"), (#"filename="a\"b\\c.jsonl"; x=y"#, #"a"b\c.jsonl"#),
        (#"filename="C:\d\e.jsonl""#, #"C:\d\e.jsonl"#), ("filename=plain.jsonl ; x=y", "plain.jsonl"),
        (#"x="filename=no"; filename="yes""#, "yes"), (#"filename="unclosed"#, "unclosed"),
    ])
    func theNameOfAFileIsReadAsItIsQuoted(_ head: String, _ name: String) async throws {
        let body =
            Self.part(#"name="purpose""#, "batch") + Self.part(#"name="file"; "# + head, "x") + "--b ound--\r\n"
        let reply = try await Office().door.post("/v1/files", body, headers: Self.form)
        #expect(try reply.json["filename"]?.text == name, "\(reply.body)")
    }

    @Test func aByteOrderMarkBeforeTheFirstLineIsNoPartOfIt() async throws {
        let office = Office()
        let id = try #require(try await office.begin("\u{FEFF}" + Self.line("a"))["id"]?.text)
        await office.runner.work()
        let batch = try await office.batch(id)
        #expect(batch["status"]?.text == "completed" && batch["request_counts"]?["completed"]?.whole == 1)
    }

    @Test func withoutAStoreThereAreNoSuchPaths() async throws {
        #expect(try await FrontDoor().get("/v1/batches").status == 404)
    }
}
