import Core
import Settings
import Testing

/// Models, aliases, keys and the address of llama-swap.
struct LlamaSwapNameTests {
    private static let server = "http://127.0.0.1:9292/v1"

    @Test func anAliasNeverTakesAModelsName() throws {
        let read = try Importing(
            "models: {a: {cmd: x -m a.gguf, aliases: b}, b: {cmd: x -m b.gguf, aliases: [a, c]}}", server: Self.server)
        #expect(read.errors == [] && read.ids == ["a", "b"])
        #expect(try read.route("c").routing.members == ["b"] && read.settings.routes.map(\.name) == ["auto", "c"])
        #expect(read.notes.contains("models.a: alias b is another's name; left out."))
    }

    @Test func todaysFormOfAnAliasIsRead() throws {
        let read = try Importing(
            """
            models:
              gpt-oss:
                cmd: llama-server --model x.gguf
                aliases: [{id: gpt-4o-mini, name: Mini}, GPT-OSS, {name: nobody}, Qwen/Big]
            """, server: Self.server)
        #expect(read.errors == [] && read.settings.routes.map(\.name) == ["auto", "gpt-4o-mini", "qwen-big"])
        #expect(read.notes.contains("models.gpt-oss: an alias without an id was left out."))
        #expect(read.hasNote("models.gpt-oss: alias Qwen/Big", "clients ask for qwen-big."))
    }

    @Test func aKeyIsReadFromTheEnvironment() throws {
        let models = "models: {a: {cmd: x, name: A}, e: {cmd: llama-server --embedding}}"
        let literal = try Importing("apiKeys: [sk-hunter2]\n" + models, server: Self.server)
        #expect(literal.settings.experts.map { $0.key?.variable } == ["LLAMA_SWAP_API_KEY", "LLAMA_SWAP_API_KEY"])
        #expect(literal.hasNote("export one of them as LLAMA_SWAP_API_KEY"))
        #expect(!(literal.imported.yaml + literal.notes.joined()).contains("hunter2"))
        let variable = try Importing("apiKeys: [sk-1, \"${env.KEY_1}\"]\n" + models, server: Self.server)
        #expect(variable.settings.experts.first?.key?.variable == "KEY_1")
        #expect(try Importing(models, server: Self.server).settings.experts.first?.key == nil)
    }

    @Test func modelsThatEmbedOrRerankAreNoExpertsForQuestions() throws {
        let read = try Importing(
            "models: {a: {cmd: x}, e: {cmd: llama-server --embedding, aliases: [ada]}, r: {cmd: llama-server --reranking}}",
            server: Self.server)
        #expect(read.errors == [] && read.ids == ["a", "e"])
        #expect(try read.expert("e").embeds && read.settings.routes.map(\.name) == ["auto"])
        #expect(read.hasNote("models.e: alias ada was left out") && read.hasNote("models.r: it reranks"))
    }

    @Test func aModelCalledAutoIsAskedByThatRoute() throws {
        let read = try Importing("models: {auto: {cmd: x}, b: {cmd: y}}", server: Self.server)
        #expect(read.errors == [] && read.ids == ["auto-1", "b"])
        #expect(try read.route("auto").routing.members == ["auto-1"])
    }

    @Test func theServerIsAnAddress() throws {
        for wrong in ["not a url", "127.0.0.1:8080", "http://", "http://u:p@h/v1", "http://h/v1?k=1", ""] {
            let fault = #expect(throws: Fault.self) { try Importing("models: {a: {cmd: x}}", server: wrong) }
            #expect(fault?.subject == "--server" && fault?.found == "it is no address of a server", "\(wrong)")
        }
        for bare in ["http://h:9292", "http://h:9292/"] {
            let read = try Importing("models: {a: {cmd: x}}", server: bare)
            #expect(try read.expert("a").baseURL == "http://h:9292/v1")
        }
    }

    @Test func thePortThatMusterHasTooIsSaid() throws {
        let usual = try Importing("models: {a: {cmd: x}}")
        #expect(try usual.expert("a").baseURL == "http://127.0.0.1:8080/v1")
        #expect(usual.hasNote("Muster listens at port 8080 too"))
        #expect(try !Importing("models: {a: {cmd: x}}", server: Self.server).hasNote("8080"))
    }
}
