import Core
import Testing

struct FaultStatusTests {
    /// As docs/api.md lists them.
    private static let table: [Fault.Code: (status: Int, type: String)] = [
        .invalidRequest: (400, "invalid_request_error"), .unsupported: (400, "invalid_request_error"),
        .tooLarge: (413, "invalid_request_error"), .unknownModel: (404, "invalid_request_error"),
        .unknownExpert: (404, "invalid_request_error"), .unknownSkill: (404, "invalid_request_error"),
        .unknownRun: (404, "invalid_request_error"), .unknownTrace: (404, "invalid_request_error"),
        .expertLimited: (429, "rate_limit_error"),
        .unknownKey: (404, "invalid_request_error"), .notAllowed: (403, "permission_error"),
        .rateLimited: (429, "rate_limit_error"), .quotaUsedUp: (429, "insufficient_quota"),
        .overBudget: (429, "insufficient_quota"), .expertUnreachable: (502, "expert_error"),
        .expertRefused: (502, "expert_error"), .expertFailed: (502, "expert_error"),
        .expertGarbled: (502, "expert_error"), .expertCutOff: (502, "expert_error"),
        .expertTimedOut: (504, "expert_error"), .expertResting: (503, "expert_error"),
        .noExpert: (503, "expert_error"), .storeLocked: (503, "server_error"), .overloaded: (503, "server_error"),
        .invalidSettings: (500, "server_error"),
        .invalidSkill: (500, "server_error"), .storeReadOnly: (500, "server_error"), .storeFull: (500, "server_error"),
        .storeNewer: (500, "server_error"), .storeBroken: (500, "server_error"),
        .unreadableFile: (500, "server_error"), .checksumMismatch: (500, "server_error"),
        .addressTaken: (500, "server_error"),
    ]

    @Test(arguments: Fault.Code.allCases)
    func eachFaultHasItsStatusInOpenAIsEnvelope(_ code: Fault.Code) async throws {
        let expected = try #require(Self.table[code])
        let fault = Fault(code, "the thing", "it went wrong", expected: "something else", hint: "Try that")
        let steps: [ScriptedService] = [ScriptedService(refusal: fault), ScriptedService([.fails(fault)])]
        for service in steps {
            let reply = try await FrontDoor(service).chat()
            #expect(reply.status == expected.status)
            let refusal = try #require(reply.refusal)
            #expect(refusal.type == expected.type && refusal.code == code.rawValue)
            #expect(refusal.message == "the thing: it went wrong. something else. Try that.")
            let param: String? =
                switch code {
                case .invalidRequest, .unsupported: "the thing"
                case .unknownModel, .notAllowed: "model"
                case .unknownTrace: "trace_id"
                default: nil
                }
            #expect(refusal.param == param)
        }
    }

    @Test func causesAreToldOnTheirOwnLines() async throws {
        let fault = Fault(
            .noExpert, "auto", "nobody answered",
            causes: [Fault(.expertTimedOut, "general", "it said nothing for 30 s")])
        let reply = try await FrontDoor(ScriptedService(refusal: fault)).chat()
        #expect(reply.refusal?.message == "auto: nobody answered.\n  - general: it said nothing for 30 s.")
    }

    @Test func anAbsentParamIsWrittenAsNull() async throws {
        let reply = try await FrontDoor().get("/nope")
        #expect(reply.body.contains(#""param":null,"code":"path_not_found"}}"#))
    }
}
