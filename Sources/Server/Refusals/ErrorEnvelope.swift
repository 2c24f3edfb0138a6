import Core
import Hummingbird
import NIOCore

/// The body of every error, in OpenAI's shape.
struct ErrorEnvelope {
    var refusal: Refusal

    init(_ refusal: Refusal) { self.refusal = refusal }

    /// `{"error":{…}}`; an absent `param` is null, as clients expect.
    var json: String {
        let param = refusal.param.map(JSONText.quoted) ?? "null"
        return #"{"error":{"message":\#(JSONText.quoted(refusal.message)),"type":\#(JSONText.quoted(refusal.type)),"#
            + #""param":\#(param),"code":\#(JSONText.quoted(refusal.code))}}"#
    }

    /// The whole response.
    var response: Response { .json(json, status: refusal.status, headers: refusal.headers) }
}
