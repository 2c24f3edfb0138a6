extension APIDescription {
    private static let plain = "application/json"
    private static let object = #"{"type":"object"}"#
    private static let list =
        #"{"type":"object","required":["object","data"],"properties":{"object":{"const":"list"},"data":{"type":"array"}}}"#
    private static let text = #"{"type":"string","maxLength":200}"#
    private static let dollars = #"{"type":"number","minimum":0,"maximum":1000000}"#
    private static let name = #"{"type":"string","minLength":1,"maxLength":200,"pattern":"^[^\\u0000]*$"}"#
    /// Or seconds since 1970; what is empty is not asked for.
    private static let day = #"""
        {"anyOf":[{"type":"string","format":"date"},{"type":"string","maxLength":0},
          {"type":"integer","minimum":0,"maximum":253402300800}]}
        """#

    /// The dashboard's page, and where it reads.
    static let dashboardPaths: [String] = [front, file, service, live, traces, trace, skills, marks, runs, run]

    private static let front: String = path(
        "/", operation("get", "openDashboard", "The dashboard.", answers: ["text/html": #"{"type":"string"}"#]))

    private static let file: String = path(
        "/page/{file}",
        operation(
            "get", "readPageFile", "A file of the dashboard.", parameters: [id("file")],
            answers: ["*/*": #"{"type":"string"}"#]))

    private static let service: String = path(
        "/insight/service",
        operation("get", "describeService", "Routes, experts and skills by name.", answers: [plain: object]))

    private static let live: String = path(
        "/insight/live",
        operation("get", "watch", "Figures every second, as events.", answers: ["text/event-stream": object]))

    private static let traces: String = path(
        "/insight/traces",
        operation(
            "get", "leafTraces", "A part of the list of traces, newest first.",
            parameters: [
                query("route", text), query("expert", text), query("skill", text),
                query("outcome", #"{"enum":["complete","truncated","failed_over","failed","client_gone","decided"]}"#),
                query("min_cost", dollars), query("max_cost", dollars),
                query("after", #"{"type":"string","pattern":"^([0-9]{1,16}[.][0-9]{1,16})?$"}"#),
                query("limit", #"{"type":"integer","minimum":1,"maximum":200}"#),
            ], answers: [plain: list]))

    private static let trace: String = path(
        "/insight/traces/{id}",
        operation("get", "readStory", "One trace with its feedback.", parameters: [id()], answers: [plain: object]))

    private static let skills: String = path(
        "/insight/skills",
        operation(
            "get", "mapSkills", "Skills by experts.", parameters: [query("since", day)], answers: [plain: object]))

    private static let marks: String = path(
        "/insight/marks",
        operation(
            "get", "readCell", "Graded questions of one expert in one skill.",
            parameters: [query("skill", name, required: true), query("expert", name, required: true)],
            answers: [plain: object]))

    private static let runs: String = path(
        "/insight/runs", operation("get", "listRuns", "Benchmark runs, newest first.", answers: [plain: list]))

    private static let run: String = path(
        "/insight/runs/{id}",
        operation("get", "readRun", "One run, question by question.", parameters: [id()], answers: [plain: object]))
}
