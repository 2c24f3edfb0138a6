import Glibc
import Support
import Testing
import Transport

/// The environment belongs to a whole process, so each of these tests runs in one of its own.
@Suite(.timeLimit(.minutes(1)))
struct DirectHostsTests {
    /// No look-up knows it, and none asks a name server: a label has at most 63 letters; RFC 1035, 2.3.4.
    static let nowhere = String(repeating: "a", count: 64) + ".invalid"

    @Test func othersAreReachedThroughTheProxyOfTheEnvironment() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedSocketServer(.json("by proxy"))
            setenv("http_proxy", proxy.url, 1)
            let got = try await HTTPTransport().exchange(HTTPRequest(url: "http://somewhere.invalid/x?y=1"))
            #expect(got.text == "by proxy")
            let request = try #require(proxy.requests.first)
            #expect(request.method == "GET" && request.path == "http://somewhere.invalid/x?y=1")
            #expect(request.header("host") == "somewhere.invalid")
        }
    }

    @Test func loopbackIsReachedDirectly() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedSocketServer(.json("by proxy"))
            let server = try ScriptedSocketServer(.json("directly"))
            setenv("http_proxy", proxy.url, 1)
            setenv("all_proxy", proxy.url, 1)
            let transport = HTTPTransport()
            for host in ["127.0.0.1", "localhost"] {
                let request = HTTPRequest(url: "http://\(host):\(server.port)/x")
                #expect(try await transport.exchange(request).text == "directly")
            }
            // The server listens on one address only: another of 127.0.0.0/8 is refused, unless a proxy takes it.
            let failure = await transport.failure(HTTPRequest(url: "http://127.8.9.1:\(server.port)/"))
            guard case .cannotConnect? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.requests.map(\.path) == ["/x", "/x"])
            #expect(proxy.connectionCount == 0)
        }
    }

    @Test(arguments: ["no_proxy", "NO_PROXY"])
    func noProxyIsHonouredBesideLoopback(_ name: String) async {
        await #expect(processExitsWith: .success) { [name] in
            let proxy = try ScriptedSocketServer(.json("by proxy"))
            let server = try ScriptedSocketServer(.json("directly"))
            setenv("http_proxy", proxy.url, 1)
            // The address of no host in particular leads to this machine, and is not among the loopback ones.
            setenv(name, "0.0.0.0, .invalid", 1)
            let transport = HTTPTransport()
            let request = HTTPRequest(url: "http://0.0.0.0:\(server.port)/x")
            #expect(try await transport.exchange(request).text == "directly")
            #expect(server.requests.map(\.path) == ["/x"])
            let failure = await transport.failure(HTTPRequest(url: "http://\(DirectHostsTests.nowhere)/"))
            guard case .cannotResolve? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(proxy.connectionCount == 0)
            #expect(try await transport.exchange(HTTPRequest(url: "http://third.test/")).text == "by proxy")
            #expect(try await transport.exchange(HTTPRequest(url: server.url)).text == "directly")
        }
    }

    @Test(arguments: ["*", "somewhere.test, * "])
    func aStarInNoProxyMeansEveryHost(_ list: String) async {
        await #expect(processExitsWith: .success) { [list] in
            let proxy = try ScriptedSocketServer(.json("by proxy"))
            setenv("http_proxy", proxy.url, 1)
            setenv("no_proxy", list, 1)
            let failure = await HTTPTransport().failure(HTTPRequest(url: "http://\(DirectHostsTests.nowhere)/"))
            guard case .cannotResolve? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(proxy.connectionCount == 0)
        }
    }

    @Test func aSocketInTheFileSystemNeedsNoProxy() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let proxy = try ScriptedSocketServer(.json("by proxy"))
            let server = try ScriptedSocketServer(unixSocket: folder.path("socket")) { _, _ in .json("from a file") }
            setenv("http_proxy", proxy.url, 1)
            let request = HTTPRequest(url: "http://somewhere.invalid/", unixSocket: folder.path("socket"))
            #expect(try await HTTPTransport().exchange(request).text == "from a file")
            #expect(server.requests.count == 1 && proxy.connectionCount == 0)
        }
    }

    @Test func aProxyThatRefusesATunnelIsNotTheServersAnswer() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedSocketServer(.response(407, body: "who are you"))
            setenv("https_proxy", proxy.url, 1)
            let failure = await HTTPTransport().failure(HTTPRequest(url: "https://somewhere.invalid/"))
            guard case .cannotConnect(let reason)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(reason.contains("407"))
            let request = try #require(proxy.requests.first)
            #expect(request.method == "CONNECT" && request.path == "somewhere.invalid:443")
        }
    }
}
