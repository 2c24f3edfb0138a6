import Settings
import Testing

struct EnvironmentTextTests {
    private static let environment = EnvironmentText(variables: [
        "HOST": "example.org", "PORT": "9001", "EMPTY": "", "NESTED": "${env.HOST}", "_x9": "low",
    ])

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("${env.HOST}", "example.org"),
        ("http://${env.HOST}:${env.PORT}/v1", "http://example.org:9001/v1"), ("${env._x9}", "low"),
        ("${env.EMPTY}", ""), ("$HOST ${HOST} $", "$HOST ${HOST} $"), ("ü${env.PORT}ü", "ü9001ü"),
    ])
    func putsVariablesInWhereTheyStand(text: String, completed: String) throws {
        #expect(try Self.environment.completed(text) == completed)
    }

    @Test(arguments: [
        ("${env.MISSING:-otherwise}", "otherwise"), ("${env.HOST:-otherwise}", "example.org"),
        ("${env.MISSING:-}", ""), ("${env.EMPTY:-otherwise}", "otherwise"), ("${env.MISSING:-a:-b}", "a:-b"),
        ("${env.MISSING:-http://127.0.0.1:1/v1}/x", "http://127.0.0.1:1/v1/x"),
    ])
    func aFallbackStandsInForAVariableWithoutAValue(text: String, completed: String) throws {
        #expect(try Self.environment.completed(text) == completed)
    }

    @Test func whatAVariableHoldsIsNotLookedAtAgain() throws {
        #expect(try Self.environment.completed("${env.NESTED}") == "${env.HOST}")
    }

    @Test(arguments: [
        ("${env.MISSING}", EnvironmentText.Obstacle.unset("MISSING")), ("a ${env.HOST", .open), ("${env.", .open),
        ("${env.}", .badName("")), ("${env.9}", .badName("9")), ("${env.A B}", .badName("A B")),
        ("${env.A-B}", .badName("A-B")), ("${env.:-x}", .badName("")), ("${env.Ä}", .badName("Ä")),
        ("${env.HOST} ${env.GONE}", .unset("GONE")),
    ])
    func saysWhyATextCannotBeCompleted(text: String, obstacle: EnvironmentText.Obstacle) {
        #expect(throws: obstacle) { try Self.environment.completed(text) }
    }

    @Test func aNameLongerThanAnySystemsIsRefused() {
        let name = String(repeating: "A", count: 129)
        #expect(throws: EnvironmentText.Obstacle.badName(name)) { try Self.environment.completed("${env.\(name)}") }
    }

    @Test func namesTheOnlyVariableOfAText() {
        #expect(EnvironmentText.onlyVariable(of: "${env.KEY}") == "KEY")
        for text in ["KEY", "${env.KEY} ", "x${env.KEY}", "${env.A}${env.B}", "${env.KEY:-other}", "${env.}", ""] {
            #expect(EnvironmentText.onlyVariable(of: text) == nil, "\(text)")
        }
    }
}
