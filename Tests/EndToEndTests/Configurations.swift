import Support

/// Configurations for the program.
enum Configurations {
    /// Experts `a`, `b`, … at these addresses, one question at a time, without further tries; route `auto` asks the first.
    static func experts(
        _ addresses: String..., clocks: String = "{connect: 2s, first_token: 2s, idle: 2s, total: 20s}"
    ) -> String {
        var text = "store: {path: store.sqlite}\nexperts:\n"
        for (name, address) in zip("abcdefgh", addresses) {
            text += "  \(name):\n    base_url: \(address)/v1\n    model: m\n    clocks: \(clocks)\n"
            text += "    limits: {concurrent: 1, retries: 0}\n"
        }
        return text + "routing:\n  first: {strategy: fixed, members: [a]}\nroutes:\n  auto: {routing: first}\n"
    }
}

extension SocketReply {
    /// An answer in the form the request asks for.
    static func answer(_ text: String, to request: SocketRequest) -> SocketReply {
        let usage = #""usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}"#
        guard request.text.contains(#""stream":true"#) else {
            let message = #"{"role":"assistant","content":"\#(text)"}"#
            return .json(#"{"choices":[{"index":0,"message":\#(message),"finish_reason":"stop"}],\#(usage)}"#)
        }
        return .events([
            #"{"choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],\#(usage)}"#, "[DONE]",
        ])
    }
}
