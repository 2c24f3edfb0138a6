import Core
import HTTPTypes

/// What went wrong with a response, in OpenAI's words: the list of codes is closed, so ours stands in the member `muster`.
enum ResponsesError {
    static func json(_ refusal: Refusal) -> String {
        let param = refusal.param.map(JSONText.quoted) ?? "null"
        return #"{"code":"\#(code(refusal))","message":\#(JSONText.quoted(refusal.message)),"param":\#(param),"#
            + #""type":\#(JSONText.quoted(refusal.type)),"muster":{"code":\#(JSONText.quoted(refusal.code))}}"#
    }

    private static func code(_ refusal: Refusal) -> String {
        switch refusal.type {
        case "rate_limit_error": "rate_limit_exceeded"
        case "invalid_request_error" where refusal.status == .badRequest: "invalid_prompt"
        default: "server_error"
        }
    }
}
