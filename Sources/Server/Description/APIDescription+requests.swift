extension APIDescription {
    private static func model(_ example: String) -> String {
        #""model":{"type":"string","minLength":1,"maxLength":256,"examples":["\#(example)"],"description":"A route, an expert or an embedder: GET /v1/models lists all."}"#
    }

    private static let muster = #""muster":\#(reference("Muster"))"#
    private static let stream = #""stream":{"type":["boolean","null"]}"#
    private static let topP = #""top_p":{"type":["number","null"],"minimum":0,"maximum":1}"#

    private static func temperature(upTo most: Int) -> String {
        #""temperature":{"type":["number","null"],"minimum":0,"maximum":\#(most)}"#
    }

    private static func tokens(_ name: String, _ types: String = #"["integer","null"]"#) -> String {
        #""\#(name)":{"type":\#(types),"minimum":1,"maximum":10000000}"#
    }

    /// What clients send.
    static let requestSchemas: [String] = [
        #"""
        "Muster":{"type":["object","null"],"additionalProperties":false,"description":"What this request wants to be different from its route.","properties":{
          "route":{"type":["string","null"],"minLength":1,"description":"In place of model."},
          "seed":{"type":["integer","null"],"minimum":0,"maximum":9007199254740991,"description":"Repeats the draw of a trace."},
          "seats":{"type":["integer","null"],"minimum":1,"maximum":64},
          "explain":{"type":["boolean","null"],"description":"The trace stands in the answer."},
          "budget":{"type":["object","null"],"additionalProperties":false,"properties":{
            "cost":{"type":["number","null"],"minimum":0,"maximum":1000000,"description":"US dollars."},
            "seconds":{"type":["number","null"],"minimum":0.001,"maximum":86400},
            "calls":{"type":["integer","null"],"minimum":1,"maximum":10000}}},
          "steering":{"type":["array","null"],"maxItems":1024,"description":"Weight experts of a local sparse model that no token visits (mask), or whose scores change (boost), by layer.","items":{"type":"object","required":["layer"],"additionalProperties":false,"properties":{
            "layer":{"type":"integer","minimum":0,"maximum":9999},
            "mask":{"type":["array","null"],"maxItems":1024,"items":{"type":"integer","minimum":0,"maximum":65535}},
            "boost":{"type":["object","null"],"maxProperties":1024,"propertyNames":{"pattern":"^(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})$"},"additionalProperties":{"type":"number","minimum":-1000,"maximum":1000}}}}}}}
        """#,
        #"""
        "Text":{"type":"object","required":["type","text"],"properties":{"type":{"const":"text"},"text":{"type":"string"}}}
        """#,
        #"""
        "ChatMessage":{"type":"object","required":["role","content"],"properties":{
          "role":{"enum":["system","developer","user","assistant"],"description":"Also tool, with tool_call_id."},
          "content":{"anyOf":[{"type":"string"},{"type":"array","minItems":1,"maxItems":100,"items":\#(reference("Text"))}]}}}
        """#,
        #"""
        "Function":{"type":"object","required":["function"],"properties":{"type":{"enum":["function",null]},
          "function":{"type":"object","required":["name"],"properties":{
            "name":{"type":"string","minLength":1,"maxLength":128},"description":{"type":["string","null"]},
            "parameters":{"type":["object","null"]},"strict":{"type":["boolean","null"]}}}}}
        """#,
        #"""
        "ChatRequest":{"type":"object","required":["model","messages"],
          "description":"OpenAI's chat completion. Also stream_options, tool_choice, response_format, logprobs and what the expert knows: members that are not listed go to experts of the same format as they are.","properties":{
          \#(model("auto")),\#(stream),\#(temperature(upTo: 2)),\#(topP),\#(tokens("max_tokens")),\#(tokens("max_completion_tokens")),\#(muster),
          "messages":{"type":"array","minItems":1,"maxItems":10000,"items":\#(reference("ChatMessage")),"examples":[[{"role":"user","content":"Solve for x: 5x - 8 = 37."}]]},
          "n":{"type":["integer","null"],"minimum":1,"maximum":16},
          "seed":{"type":["integer","null"],"minimum":-9223372036854775808,"maximum":9223372036854775807},
          "stop":{"anyOf":[{"type":"null"},{"type":"string","minLength":1,"maxLength":1024},{"type":"array","maxItems":16,"items":{"type":"string","minLength":1,"maxLength":1024}}]},
          "tools":{"type":["array","null"],"maxItems":512,"items":\#(reference("Function"))},
          "parallel_tool_calls":{"type":["boolean","null"]}}}
        """#,
        #"""
        "MessagesTurn":{"type":"object","required":["role","content"],"properties":{
          "role":{"enum":["user","assistant"]},
          "content":{"anyOf":[{"type":"string"},{"type":"array","maxItems":100,"items":\#(reference("Text"))}]}}}
        """#,
        messages("MessagesRequest", required: #"["model","messages","max_tokens"]"#),
        messages("CountRequest", required: #"["model","messages"]"#, limit: #"["integer","null"]"#),
        #"""
        "ResponsesRequest":{"type":"object","required":["model","input"],"properties":{
          \#(model("auto")),\#(stream),\#(temperature(upTo: 2)),\#(topP),\#(tokens("max_output_tokens")),\#(muster),
          "input":{"examples":["What is the capital of Japan?"],"anyOf":[{"type":"string"},{"type":"array","minItems":1,"maxItems":10000,"items":\#(reference("ChatInput"))}]},
          "instructions":{"type":["string","null"]},"parallel_tool_calls":{"type":["boolean","null"]},
          "store":{"type":["boolean","null"],"enum":[false,null],"description":"Nothing is kept."}}}
        """#,
        #"""
        "ChatInput":{"type":"object","required":["role","content"],"properties":{"type":{"enum":["message",null]},
          "role":{"enum":["system","developer","user","assistant"]},"content":{"type":"string"}}}
        """#,
        #"""
        "EmbeddingsRequest":{"type":"object","description":"Also dimensions, where the embedder can shorten its vectors.","required":["model","input"],"properties":{\#(model("hashed")),
          "input":{"examples":["eigenvalue"],"anyOf":[{"type":"string","minLength":1},{"type":"array","minItems":1,"maxItems":2048,"items":{"type":"string","minLength":1}}]},
          "encoding_format":{"type":["string","null"],"enum":["float","base64",null]}}}
        """#,
        #"""
        "BatchRequest":{"type":"object","required":["input_file_id","endpoint","completion_window"],"properties":{
          "input_file_id":{"type":"string","minLength":1},
          "endpoint":{"enum":["/v1/chat/completions","/v1/embeddings"]},"completion_window":{"const":"24h"},
          "metadata":{"type":["object","null"],"maxProperties":16,"propertyNames":{"type":"string","maxLength":16},"additionalProperties":{"type":"string","maxLength":128}}}}
        """#,
        #"""
        "FeedbackRequest":{"type":"object","required":["trace_id","score"],"additionalProperties":false,"properties":{
          "trace_id":{"type":"string","minLength":1},"score":{"type":"number","minimum":0,"maximum":1},
          "comment":{"type":["string","null"],"maxLength":4096,"pattern":"^[^\\u0000]*$"}}}
        """#,
    ].map { $0.replacing("\n", with: "") }

    /// - Parameter limit: the types of `max_tokens`.
    private static func messages(_ name: String, required: String, limit: String = #""integer""#) -> String {
        #"""
        "\#(name)":{"type":"object","required":\#(required),"properties":{
          \#(model("auto")),\#(stream),\#(temperature(upTo: 1)),\#(topP),\#(tokens("max_tokens", limit)),\#(muster),
          "system":{"anyOf":[{"type":"null"},{"type":"string"},{"type":"array","maxItems":100,"items":\#(reference("Text"))}]},
          "messages":{"type":"array","minItems":1,"maxItems":10000,"items":\#(reference("MessagesTurn")),"examples":[[{"role":"user","content":"What is the capital of Japan?"}]]},
          "stop_sequences":{"type":["array","null"],"maxItems":16,"items":{"type":"string","minLength":1,"maxLength":1024}},
          "top_k":{"type":["integer","null"],"minimum":0,"maximum":10000000},
          "tools":{"type":["array","null"],"maxItems":512,"items":{"type":"object","required":["name"],"properties":{
            "name":{"type":"string","minLength":1,"maxLength":128},"description":{"type":["string","null"]},"input_schema":{"type":["object","null"]}}}}}}
        """#
    }
}
