import Core
import Testing

struct RetryAdviceTests {
    private func refused(_ code: Fault.Code, after seconds: Double?) async throws -> Reply {
        let fault = Fault(code, "general", "not now", retryAfterSeconds: seconds)
        return try await FrontDoor(ScriptedService(refusal: fault)).chat()
    }

    @Test(arguments: [
        (0.0, "0", "0"), (0.0001, "1", "1"), (1.25, "2", "1250"), (30, "30", "30000"), (30.0001, "31", "30001"),
        (1e300, "86400", "86400000"),
    ])
    func aKnownWaitIsToldInSecondsAndMilliseconds(
        _ wait: Double, seconds: String, milliseconds: String
    ) async throws {
        for code in [Fault.Code.expertLimited, .expertResting, .overBudget, .storeLocked] {
            let reply = try await refused(code, after: wait)
            #expect(reply.header("retry-after") == seconds)
            #expect(reply.header("retry-after-ms") == milliseconds)
            #expect(reply.header("x-should-retry") == nil)
        }
    }

    @Test(arguments: [nil, -1, Double.nan, .infinity] as [Double?])
    func withoutAKnownWaitExpertsAreNotAskedAgainByLibraries(_ wait: Double?) async throws {
        for code in Fault.Code.allCases where code.blamesExpert || code == .noExpert || code == .overBudget {
            let reply = try await refused(code, after: wait)
            #expect(reply.header("x-should-retry") == "false")
            #expect(reply.header("retry-after") == nil && reply.header("retry-after-ms") == nil)
        }
    }

    @Test func otherFaultsGiveNoAdvice() async throws {
        for code in [Fault.Code.invalidRequest, .unknownModel, .storeBroken] {
            let reply = try await refused(code, after: nil)
            #expect(reply.header("x-should-retry") == nil && reply.header("retry-after") == nil)
        }
    }
}
