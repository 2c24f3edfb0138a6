import Core
import Server
import Support
import Testing

/// A page that makes its own name point at this machine is let in by browsers; what it asks for is not answered.
struct KnownHostsTests {
    private static let nobodys = [
        "127.0.0.1", "127.0.0.1:8080", "127.8.9.255:1", "localhost", "localhost:8080", "LocalHost:80", "localhost.",
        "muster.localhost", "a.b.LOCALHOST:8080", "[::1]", "[::1]:8080", "10.0.0.1:8080", "0.0.0.0", "[fe80::1]:8080",
        "[::ffff:127.0.0.1]", "muster", "muster:8080", "x",
    ]
    private static let ofOthers = [
        "evil.example", "evil.example:8080", "evil.example.", "localhost.evil.example", "127.0.0.1.evil.example",
        "127.evil.example", ".localhost", "localhost:80@evil.example", "127.0.0", "127.0.0.1.1", "127.0.0.256",
        "127..0.1", "127.0.0.a", "127.0.0.:80", "evil.example:80:80", "[::1]evil.example", "localhost.\u{0}", "a.b",
    ]

    @Test(arguments: ["127.0.0.1", "localhost", "::1", "127.0.1.1", "muster.localhost", "LOCALHOST"])
    func whatListensOnThisMachineAloneAnswersToNoNameThatSomebodyOwns(_ listening: String) {
        let hosts = KnownHosts(listening: listening)
        for host in Self.nobodys { #expect(hosts.knows(host), "\(host)") }
        for host in Self.ofOthers { #expect(!hosts.knows(host), "\(host)") }
    }

    @Test func whoeverNamesNoHostIsNoBrowser() {
        let hosts = KnownHosts(listening: "127.0.0.1")
        #expect(hosts.knows(nil) && hosts.knows(""))
    }

    @Test(arguments: ["0.0.0.0", "::", "10.0.0.7", "muster.example.org"])
    func whereOthersMayConnectAllNamesAreTakenUntilSomeAreGiven(_ listening: String) {
        #expect(KnownHosts(listening: listening).knows("evil.example"))
        let hosts = KnownHosts(listening: listening, names: ["muster.example.org"])
        #expect(hosts.knows("muster.example.org") && hosts.knows("localhost") && !hosts.knows("evil.example"))
    }

    @Test func namesAreGivenWholeOrAsAllBelowOneOrAsAll() {
        let hosts = KnownHosts(
            listening: "127.0.0.1", names: ["Muster.example.org", "*.house.example", "10.0.0.7", "[fe80::1]"])
        for host in [
            "muster.example.org", "MUSTER.EXAMPLE.ORG:443", "muster.example.org.", "a.house.example",
            "a.b.house.example:1", "10.0.0.7:8080", "[FE80::1]:8080", "localhost",
        ] { #expect(hosts.knows(host), "\(host)") }
        for host in ["example.org", "x.muster.example.org", "house.example", ".house.example", "ahouse.example"] {
            #expect(!hosts.knows(host), "\(host)")
        }
        #expect(KnownHosts(listening: "127.0.0.1", names: ["*"]).knows("evil.example"))
    }

    private static func head(_ host: String, _ path: String = "/v1/models") -> String {
        "GET \(path) HTTP/1.1\r\n\(host)Connection: close\r\n\r\n"
    }

    @Test func aRequestForAnotherHostIsRefusedAndToldWhichSettingWouldTakeIt() async throws {
        try await LoopbackServer.serving(insight: .sample()) { server in
            for path in ["/", "/insight/traces", "/v1/models", "/healthz", "/metrics", "/no-such-path"] {
                let client = try server.connect()
                try await client.send(Self.head("Host: evil.example:8080\r\n", path))
                let reply = try await client.receiveAll()
                #expect(reply.hasPrefix("HTTP/1.1 403 Forbidden\r\n"), "\(path): \(reply)")
                #expect(reply.contains(#""type":"permission_error""#) && reply.contains(#""code":"unknown_host""#))
                #expect(
                    reply.contains(
                        #"The request is for the host evil.example:8080, a name that this service does not go by. It "#
                            + #"answers to localhost, to addresses and to the names in server.hosts. If the "#
                            + #"name is meant, as behind a proxy, add it: server.hosts: [\"evil.example\"], or [\"*\"] "#
                            + #"for all names."#), "\(reply)")
            }
            #expect(server.service.asked.isEmpty)
        }
    }

    @Test(arguments: [
        "Host: localhost:1\r\n", "host: 127.0.0.1\r\n", "Host: [::1]:8080\r\n", "Host: a.example\r\n", "",
    ])
    func aRequestForThisMachineOrAGivenNameIsAnswered(_ host: String) async throws {
        try await LoopbackServer.serving(options: ServiceOptions(hosts: ["a.example"])) { server in
            let client = try server.connect()
            try await client.send(Self.head(host))
            #expect(try await client.receiveAll().hasPrefix("HTTP/1.1 200 "))
        }
    }

    /// Anthropic's libraries read errors of another shape.
    @Test func theRefusalHasTheShapeOfTheEndpoint() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            try await client.send(
                "POST /v1/messages HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            let reply = try await client.receiveAll()
            #expect(reply.hasPrefix("HTTP/1.1 403 ") && reply.contains(#""type":"error""#), "\(reply)")
        }
    }
}
