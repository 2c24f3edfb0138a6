import Settings
import Testing

struct HostTextTests {
    @Test(arguments: [
        ("example.org", "example.org"), ("127.0.0.1:9001", "127.0.0.1"), ("[::1]", "::1"), ("[::1]:80", "::1"),
        ("a:65535", "a"),
    ])
    func findsTheHostBesideThePort(place: String, host: String) {
        #expect(HostText.host(of: place[...]).map(String.init) == host)
    }

    @Test(arguments: ["", ":80", "a:", "a:0", "a:65536", "a:b", "a:1:2", "[::1", "[]", "[::1]80", "[::1]:"])
    func findsNoneWhereThereIsNone(place: String) {
        #expect(HostText.host(of: place[...]) == nil)
    }

    @Test func aHostLongerThanNamesMayBeIsNone() {
        #expect(HostText.host(of: String(repeating: "a", count: 253)[...]) != nil)
        #expect(HostText.host(of: String(repeating: "a", count: 254)[...]) == nil)
    }

    @Test func knowsWhatIsThisMachine() {
        for near in ["http://127.0.0.1:1/v1", "https://LOCALHOST", "http://[::1]:9/v1", "127.8.9.10", "::1"] {
            #expect(HostText.isLoopback(near), "\(near)")
        }
        for far in ["http://example.org", "http://127.0.0.1.example.org", "http://0.0.0.0", "http://localhost.org"] {
            #expect(!HostText.isLoopback(far), "\(far)")
        }
    }
}
