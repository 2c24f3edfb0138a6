import Core
import Settings
import Testing

/// What the commands that llama-swap runs say about a model.
struct LlamaSwapCommandTests {
    /// The context of a model with this command.
    private func context(_ command: String, beside: String = "") throws -> Int? {
        let read = try Importing(
            beside + "models:\n  a:\n    cmd: |\n"
                + command.split(separator: "\n").map { "      \($0)\n" }.joined(), server: "http://h:1/v1")
        #expect(read.errors == [])
        return try read.expert("a").card.context
    }

    @Test func theContextIsThatOfOneQuestion() throws {
        #expect(try context("llama-server --ctx-size 32768 -np 4") == 8_192)
        #expect(try context("llama-server -c 32768 --parallel 4 --kv-unified") == 32_768)
        #expect(try context("llama-server -c 32768 -np -1") == 32_768)
        #expect(try context("llama-server -c 0") == nil)
        #expect(try context("llama-server -c 4 -np 8") == nil)
        #expect(try context("llama-server -c 99999999999999999999") == nil)
    }

    @Test func theLastOfTwoCounts() throws {
        #expect(try context("llama-server -c 4096 -c 8192") == 8_192)
        #expect(try context("docker run -c 512 image --model '/m/q.gguf' -c 4096") == 4_096)
    }

    @Test func aScriptInAShellIsReadToo() throws {
        #expect(try context("bash -c \"llama-server -m '/m/my models/l.gguf' -c 8192\"") == 8_192)
        #expect(try context("/bin/sh -lc 'cd /x && exec llama-server -c 2048; true'") == 2_048)
        #expect(try context("bash -c") == nil)
        #expect(try context(String(repeating: "sh -c 'sh -c ", count: 50)) == nil)
    }

    @Test func linesMayBeCommentsAndGoOn() throws {
        #expect(try context("llama-server \\\n# -c 1024\n  --ctx-size 2048") == 2_048)
    }

    @Test func macrosArePutIn() throws {
        let macros = "macros: {ctx: 4096, args: \"--ctx-size ${ctx}\", loop: \"${loop} ${loop}\"}\n"
        #expect(try context("llama-server ${args}", beside: macros) == 4_096)
        #expect(try context("llama-server ${loop} -c 512", beside: macros) == 512)
    }

    @Test func aFileIsFoundThroughMacros() throws {
        let read = try Importing(
            """
            macros: {server: "llama-server --port ${PORT}", models_dir: /models}
            models:
              a:
                macros: {models_dir: "/my models"}
                cmd: ${server} -m "${models_dir}/${MODEL_ID}.gguf"
              b: {cmd: "${server} -m ${models_dir}/b.gguf"}
              c: {cmd: "${server} -m ${nowhere}/c.gguf"}
              d: {cmd: "${server} -m ${env.HOME}/d.gguf"}
              e: {cmd: "docker run -v /mnt:/models image --model '/models/e.gguf'"}
            """, server: "http://h:1/v1", local: true)
        #expect(read.errors == [])
        #expect(try read.expert("a").card.model == "/my models/a.gguf")
        #expect(try read.expert("b").card.model == "/models/b.gguf")
        #expect(try read.expert("c").card.kind == .openai && read.expert("c").card.model == "c")
        #expect(read.imported.yaml.contains("model: \"${env.HOME}/d.gguf\""))
        #expect(read.hasNote("models.c: its file is ${nowhere}/c.gguf, and no macro says what that is"))
        #expect(read.hasNote("models.e: its file is /models/e.gguf within a container"))
        #expect(!read.hasNote("macros stays"))
    }
}
