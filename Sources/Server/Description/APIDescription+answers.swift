extension APIDescription {
    private static let count = #"{"type":"integer","minimum":0}"#

    /// What clients get.
    static let answerSchemas: [String] = [
        #"""
        "Error":{"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["message","type","param","code"],"properties":{
          "message":{"type":"string"},"type":{"type":"string"},"param":{"type":["string","null"]},"code":{"type":"string"}}}}}
        """#,
        #"""
        "MessagesError":{"type":"object","required":["type","error"],"properties":{"type":{"const":"error"},"request_id":{"type":"string"},
          "error":{"type":"object","required":["type","message"],"properties":{"type":{"type":"string"},"message":{"type":"string"}}}}}
        """#,
        #"""
        "ChatCompletion":{"type":"object","required":["id","object","created","model","choices","usage"],"properties":{
          "id":{"type":"string"},"object":{"const":"chat.completion"},"created":\#(count),"model":{"type":"string"},
          "choices":{"type":"array","minItems":1,"items":{"type":"object","required":["index","message","finish_reason"],"properties":{
            "index":\#(count),"finish_reason":{"enum":["stop","length","content_filter","tool_calls"]},
            "message":{"type":"object","required":["role","content"],"properties":{"role":{"const":"assistant"},"content":{"type":["string","null"]},"tool_calls":{"type":"array"}}}}}},
          "usage":{"type":"object","required":["prompt_tokens","completion_tokens","total_tokens"],"properties":{
            "prompt_tokens":\#(count),"completion_tokens":\#(count),"total_tokens":\#(count)}}}}
        """#,
        #"""
        "Message":{"type":"object","required":["id","type","role","model","content","stop_reason","stop_sequence","usage"],"properties":{
          "id":{"type":"string"},"type":{"const":"message"},"role":{"const":"assistant"},"model":{"type":"string"},
          "content":{"type":"array","items":{"type":"object","required":["type"],"properties":{"type":{"enum":["text","thinking","tool_use"]}}}},
          "stop_reason":{"enum":["end_turn","max_tokens","tool_use","refusal"]},
          "usage":{"type":"object","required":["input_tokens","output_tokens"],"properties":{"input_tokens":\#(count),"output_tokens":\#(count)}}}}
        """#,
        #"""
        "Response":{"type":"object","required":["id","object","created_at","status","model","output","usage"],"properties":{
          "id":{"type":"string"},"object":{"const":"response"},"created_at":\#(count),"status":{"enum":["completed","incomplete"]},
          "model":{"type":"string"},"output":{"type":"array","items":{"type":"object","required":["type","id"],"properties":{"type":{"enum":["message","reasoning","function_call"]}}}},
          "usage":{"type":"object","required":["input_tokens","output_tokens","total_tokens"]}}}
        """#,
        #"""
        "Embeddings":{"type":"object","required":["object","data","model","usage"],"properties":{"object":{"const":"list"},"model":{"type":"string"},
          "data":{"type":"array","items":{"type":"object","required":["object","index","embedding"],"properties":{"object":{"const":"embedding"},"index":\#(count),
            "embedding":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"number"}}]}}}},
          "usage":{"type":"object","required":["prompt_tokens","total_tokens"]}}}
        """#,
        #"""
        "File":{"type":"object","required":["id","object","bytes","created_at","filename","purpose"],"properties":{
          "id":{"type":"string"},"object":{"const":"file"},"bytes":\#(count),"created_at":\#(count),"filename":{"type":"string"},"purpose":{"enum":["batch","batch_output"]}}}
        """#,
        #"""
        "Batch":{"type":"object","required":["id","object","endpoint","input_file_id","completion_window","status","created_at","request_counts"],"properties":{
          "id":{"type":"string"},"object":{"const":"batch"},
          "status":{"enum":["validating","failed","in_progress","finalizing","completed","expired","cancelling","cancelled"]},
          "request_counts":{"type":"object","required":["total","completed","failed"],"properties":{"total":\#(count),"completed":\#(count),"failed":\#(count)}}}}
        """#,
        #"""
        "Model":{"type":"object","required":["id","object","created","owned_by","kind","description"],"properties":{
          "id":{"type":"string"},"object":{"const":"model"},"created":\#(count),"owned_by":{"const":"muster"},"kind":{"enum":["route","expert","embedder"]},"description":{"type":"string"},"abilities":{"type":"array","items":{"enum":["images","tools","json","schema","probabilities"]}}}}
        """#,
        #"""
        "Trace":{"type":"object","required":["id","at","route","recruitment","outcome"],"properties":{"id":{"type":"string"},"at":\#(count),"route":{"type":"string"}}}
        """#,
        #"""
        "Health":{"type":"object","required":["status","experts"],"properties":{"status":{"type":"string"},"experts":{"type":"array","items":{"type":"object","required":["id","state"],
          "properties":{"id":{"type":"string"},"state":{"enum":["ready","resting","unusable"]}}}}}}
        """#,
    ].map { $0.replacing("\n", with: "") }
}
