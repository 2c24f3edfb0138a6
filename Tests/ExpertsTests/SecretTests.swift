import Core
import Experts
import Support
import Testing

/// A key leaves this process in one header, and nowhere else.
struct SecretTests {
    private static let key = "sk-very-secret-0123456789"

    /// Everything a program or a person could read of a fault.
    private func everything(_ fault: Fault?) -> String {
        fault.map { "\($0) \(String(reflecting: $0)) \($0.sentence)" } ?? ""
    }

    @Test func aServerThatRepeatsTheKeyDoesNotMakeUsRepeatIt() async throws {
        let padding = String(repeating: "y", count: 70)
        let pieceOfNews = String(repeating: "z", count: 490)
        let replies: [SocketReply] = [
            .response(401, body: #"{"error":{"message":"bad key \#(Self.key)"}}"#),
            // The key across the place where a message is cut.
            .response(400, body: #"{"error":"\#(pieceOfNews)\#(Self.key)"}"#),
            .response(500, type: "text/plain", body: padding + Self.key),
            .response(301, headers: ["Location: http://127.0.0.1/?key=\(Self.key)"], body: ""),
            .response(type: "text/html", body: padding + Self.key),
            .response(type: "text/\(Self.key)", body: "x"),
            .json(#"{"error":{"message":"Bearer \#(Self.key)"}}"#),
            .events(["no JSON \(Self.key)"]),
            .events([#"{"error":"\#(Self.key)"}"#]),
        ]
        for (index, reply) in replies.enumerated() {
            let server = try ScriptedSocketServer(reply)
            let expert = Sample.expert(Sample.spec(at: server.url, key: Self.key))
            let fault = try await Sample.fault(of: expert)
            #expect(fault != nil, "reply \(index)")
            let text = everything(fault)
            #expect(!text.contains("very-secret") && !text.contains("sk-very"), "reply \(index): \(text)")
        }
    }

    @Test(arguments: ["sk\\/very+secret", "sk%2Fvery%2Bsecret", "sk%2fvery%2bsecret"])
    func aKeyIsKnownHoweverTheServerSpellsIt(_ spelt: String) async throws {
        let server = try ScriptedSocketServer(.response(500, type: "text/plain", body: "bad key \(spelt)!"))
        let fault = try await Sample.fault(of: Sample.expert(Sample.spec(at: server.url, key: "sk/very+secret")))
        #expect(fault?.found.contains("bad key") == true)
        #expect(!everything(fault).contains("secret"))
    }

    @Test func aPasswordInTheAddressIsNotShown() async throws {
        let port = try ScriptedSocketServer.deafPort()
        let fault = try await Sample.fault(
            of: Sample.expert(Sample.spec(at: "http://someone:hidden-word@127.0.0.1:\(port)/v1")))
        #expect(fault?.code == .expertUnreachable)
        #expect(!everything(fault).contains("hidden-word"))
        #expect(everything(fault).contains("http://…@127.0.0.1:\(port)/v1"))
    }
}
