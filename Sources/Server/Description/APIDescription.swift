import Core

/// The API in OpenAPI 3.1, for programs that make clients and tests of it.
///
/// A test compares its paths and methods with `Endpoint.paths`; scripts/test-clients lets schemathesis hold the running
/// service to it.
package enum APIDescription {
    /// The document; made once.
    package static let json: String =
        #"{"openapi":"3.1.0","info":{"title":"Muster","version":"1","description":"\#(about)"},"#
        + #""servers":[{"url":"/"}],"security":[{},{"bearer":[]},{"key":[]}],"paths":{"#
        + (answerPaths + storePaths + insightPaths + dashboardPaths + adminPaths).joined(separator: ",")
        + #"},"components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"},"#
        + #""key":{"type":"apiKey","in":"header","name":"x-api-key"}},"#
        + #""schemas":{\#((requestSchemas + answerSchemas).joined(separator: ","))}}}"#

    private static let about =
        "One address in front of many language models: OpenAI's and Anthropic's formats onto any route or expert."

    /// One path with its operations.
    static func path(_ path: String, _ operations: String...) -> String {
        #""\#(path)":{\#(operations.joined(separator: ","))}"#
    }

    /// One operation.
    ///
    /// - Parameters:
    ///   - parameters: JSON objects.
    ///   - body: what is sent, by content type.
    ///   - answers: what comes with status 200, by content type; every other status is an error.
    static func operation(
        _ method: String, _ id: String, _ summary: String, parameters: [String] = [], body: [String: String] = [:],
        answers: [String: String], errors: String = reference("Error"), others: [String: String] = [:]
    ) -> String {
        let request =
            body.isEmpty ? "" : #""requestBody":{"required":true,"content":{\#(contents(body))}},"#
        let more = others.keys.sorted().map { status in
            #","\#(status)":{"description":"As the schema says.","content":{\#(contents(["application/json": others[status] ?? "{}"]))}}"#
        }.joined()
        return #""\#(method)":{"operationId":"\#(id)","summary":\#(JSONText.quoted(summary)),"#
            + #""parameters":[\#(parameters.joined(separator: ","))],"# + request
            + #""responses":{"200":{"description":"All is well.","content":{\#(contents(answers))}}\#(more),"#
            + #""default":{"description":"An error that says what, where and what to do.","#
            + #""content":{\#(contents(["application/json": errors]))}}}}"#
    }

    private static func contents(_ schemas: [String: String]) -> String {
        schemas.keys.sorted().map { #""\#($0)":{"schema":\#(schemas[$0] ?? "{}")}"# }.joined(separator: ",")
    }

    static func reference(_ name: String) -> String { ##"{"$ref":"#/components/schemas/\##(name)"}"## }

    /// A parameter in the path.
    static func id(_ name: String = "id") -> String {
        #"{"name":"\#(name)","in":"path","required":true,"schema":{"type":"string","minLength":1}}"#
    }

    /// A parameter in the query.
    static func query(_ name: String, _ schema: String, required: Bool = false) -> String {
        #"{"name":"\#(name)","in":"query","required":\#(required),"schema":\#(schema)}"#
    }
}
