import Core
import Experts
import Foundation
import Support
import Synchronization
import Testing

/// Lists sent to a server's Batch API, played by a server with as much of it as is needed.
struct BatchTakerTests {
    /// What the pretended server keeps.
    private final class Shelf: Sendable {
        struct State {
            var files: [String: String] = [:]
            var batches: [(id: String, input: String, owner: String)] = []
            /// How often a batch says that it is under way.
            var patience = 1
            var looks: [String: Int] = [:]
        }

        let state = Mutex(State())
        /// The status that batches come to, and the lines of their two files, made of the list's lines.
        let end: String
        let results: @Sendable ([String]) -> (output: [String], errors: [String])

        init(_ end: String = "completed", results: @escaping @Sendable ([String]) -> ([String], [String])) {
            self.end = end
            self.results = results
        }

        func reply(to request: SocketRequest) -> SocketReply {
            state.withLock { state in
                let parts = request.path.split(separator: "?")[0].split(separator: "/").map(String.init)
                switch (request.method, parts.dropFirst().first, parts.count) {
                case ("POST", "files", 2):
                    let id = "file-\(state.files.count)"
                    state.files[id] = request.text.replacingOccurrences(of: "\r\n", with: "\n")
                    return .json(#"{"id":"\#(id)","object":"file"}"#)
                case ("POST", "batches", 2):
                    let id = "batch_\(state.batches.count)"
                    let owner = request.text.components(separatedBy: #""muster_list":""#)[1]
                        .components(separatedBy: "\"")[0]
                    let input = request.text.components(separatedBy: #""input_file_id":""#)[1]
                        .components(separatedBy: "\"")[0]
                    state.batches.append((id, input, owner))
                    return .json(describe(id, owner, "validating", ""))
                case ("GET", "batches", 2):
                    let all = state.batches.reversed().map { describe($0.id, $0.owner, end, files($0.id)) }
                    return .json(#"{"data":[\#(all.joined(separator: ","))],"has_more":false}"#)
                case ("GET", "batches", 3):
                    guard let batch = state.batches.first(where: { $0.id == parts[2] }) else { return .json("{}") }
                    state.looks[batch.id, default: 0] += 1
                    let isOver = state.looks[batch.id, default: 0] > state.patience
                    return .json(
                        describe(batch.id, batch.owner, isOver ? end : "in_progress", isOver ? files(batch.id) : ""))
                case ("GET", "files", 4):
                    let (kind, id) = (parts[2].prefix(3), parts[2].dropFirst(4))
                    guard let batch = state.batches.first(where: { $0.id == id }) else { return .json("{}") }
                    let list = (state.files[batch.input] ?? "").split(separator: "\n").map(String.init)
                        .filter { $0.hasPrefix("{") }
                    let made = results(list)
                    return .json((kind == "out" ? made.output : made.errors).joined(separator: "\n"))
                default: return .response(500, body: "there is nothing here")
                }
            }
        }

        private func files(_ id: String) -> String {
            #","output_file_id":"out-\#(id)","error_file_id":"err-\#(id)""#
        }

        private func describe(_ id: String, _ owner: String, _ status: String, _ more: String) -> String {
            let errors =
                status == "failed" ? #","errors":{"data":[{"code":"x","message":"The list is too long."}]}"# : ""
            return #"{"id":"\#(id)","status":"\#(status)","metadata":{"muster_list":"\#(owner)"},"#
                + #""request_counts":{"total":2,"completed":1,"failed":0}\#(more)\#(errors)}"#
        }

        var lists: [String] { state.withLock { state in state.batches.compactMap { state.files[$0.input] } } }
    }

    /// An answer to one line: its own id.
    private static func answered(_ line: String) -> String {
        let id = line.components(separatedBy: "\"")[3]
        return
            #"{"custom_id":"\#(id)","response":{"status_code":200,"body":{"choices":[{"index":0,"message":{"content":"to "#
            + #"\#(id)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2}}},"error":null}"#
    }

    private static func taker(_ server: ScriptedSocketServer, _ time: ManualTime) throws -> any BatchTaker {
        var spec = Sample.spec(at: server.url + "/v1", key: "sk-1")
        spec.card.price = Price(input: 2, output: 4)
        spec.batches = BatchTerms(poll: .seconds(60))
        return try #require(
            ExpertFactory(transport: Sample.transport, skills: [], time: time.source, seed: 1).batchTaker(spec))
    }

    private static let list = ["a", "b"].map { ListedQuestion(id: $0, question: Question("What is \($0)?")) }

    /// What arrived, as text, in order.
    private static func arrivals(
        _ taker: any BatchTaker, _ list: [ListedQuestion] = list, for owner: String = "run/math",
        news: @Sendable (BatchNews) -> Void = { _ in }
    ) async throws -> [String] {
        var heard: [String] = []
        try await taker.answer(list, for: owner, news: news) { id, result in
            switch result {
            case .success(let answer): heard.append("\(id): \(answer.text), \(answer.usage.totalTokens)")
            case .failure(let fault): heard.append("\(id): \(fault.code)")
            }
        }
        return heard
    }

    @Test func aListIsSentOnceWaitedForAndRead() async throws {
        let shelf = Shelf { list in (list.reversed().map(Self.answered), []) }
        let server = try ScriptedSocketServer { request, _ in shelf.reply(to: request) }
        let time = ManualTime()
        let taker = try Self.taker(server, time)
        let news = Mutex<[String]>([])
        let heard = try await Self.arrivals(taker) { news_ in news.withLock { $0.append(news_.status) } }
        #expect(heard == ["b: to b, 11", "a: to a, 11"], "in the order of the file")
        #expect(time.passed == .seconds(120), "asked after a minute, and after another")
        #expect(news.withLock { $0 } == ["validating", "in_progress", "completed"])
        #expect(taker.price == Price(input: 1, output: 2), "half of what single questions cost")
        let sent = try #require(shelf.lists.first)
        #expect(
            sent.contains(
                #"{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"messages":"#), "\(sent)")
        #expect(sent.contains(#"name="purpose""#) && sent.contains("application/jsonl"))
        #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer sk-1" })
    }

    @Test func whatIsUnderWayIsFoundByItsOwnerAndNotSentAgain() async throws {
        let shelf = Shelf { list in (list.map(Self.answered), []) }
        let server = try ScriptedSocketServer { request, _ in shelf.reply(to: request) }
        _ = try await Self.arrivals(try Self.taker(server, ManualTime()), Array(Self.list.prefix(1)))
        #expect(shelf.lists.count == 1)
        let again = try await Self.arrivals(try Self.taker(server, ManualTime()))
        #expect(Set(again) == ["a: to a, 11", "b: to b, 11"])
        #expect(shelf.lists.count == 2)
        #expect(shelf.lists.last?.contains(#""custom_id":"a""#) == false, "its answer was there")
        let other = try await Self.arrivals(try Self.taker(server, ManualTime()), for: "other/math")
        #expect(other.count == 2 && shelf.lists.count == 3, "another run's answers are its own")
    }

    @Test func failedLinesComeAfterTheAnswersAndSayWhy() async throws {
        let failed = #"{"custom_id":"a","response":{"status_code":400,"body":{"error":{"message":"no"}}},"error":null}"#
        let shelf = Shelf { list in ([failed] + list.dropFirst().map(Self.answered), []) }
        let server = try ScriptedSocketServer { request, _ in shelf.reply(to: request) }
        let heard = try await Self.arrivals(try Self.taker(server, ManualTime()))
        #expect(heard == ["b: to b, 11", "a: expertRefused"])
    }

    @Test func whatABatchDidNotComeToMayBeAskedAgain() async throws {
        let expired = #"{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"too late"}}"#
        let shelf = Shelf("expired") { _ in ([], [expired]) }
        let server = try ScriptedSocketServer { request, _ in shelf.reply(to: request) }
        let heard = try await Self.arrivals(try Self.taker(server, ManualTime()))
        #expect(heard == ["a: expertLimited", "b: expertLimited"], "the one that expired, and the one nobody spoke of")
    }

    @Test func aRefusedListSaysWhyInTheServersWords() async throws {
        let shelf = Shelf("failed") { _ in ([], []) }
        let server = try ScriptedSocketServer { request, _ in shelf.reply(to: request) }
        let taker = try Self.taker(server, ManualTime())
        let fault = await #expect(throws: Fault.self) { _ = try await Self.arrivals(taker) }
        #expect(
            fault?.sentence == """
                math: did not take the batch batch_0: The list is too long. Leave experts.math.batches out, or run with \
                --no-batches.
                """)
    }

    @Test func idsThatCouldLeadElsewhereAreNotFollowed() async throws {
        let server = try ScriptedSocketServer { request, _ in
            request.path.hasSuffix("/files") ? .json(#"{"id":"../../admin"}"#) : .json(#"{"data":[]}"#)
        }
        let taker = try Self.taker(server, ManualTime())
        let fault = await #expect(throws: Fault.self) { _ = try await Self.arrivals(taker) }
        #expect(fault?.code == .expertGarbled)
        #expect(server.requests.count == 2)
    }

    @Test func aServerWithoutBatchesIsNamed() async throws {
        let server = try ScriptedSocketServer(.response(404, body: "no such path"))
        let taker = try Self.taker(server, ManualTime())
        let fault = await #expect(throws: Fault.self) { _ = try await Self.arrivals(taker) }
        #expect(fault?.code == .expertRefused && fault?.subject == "math")
    }
}
