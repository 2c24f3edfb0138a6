import Settings
import Testing

/// `server.hosts`: under which names a service is asked.
struct HostNameTests {
    @Test func namesAreReadInSmallLettersAndOneNeedsNoList() {
        let several = Reading(#"server: {hosts: [Muster.example.org, "*.house.example", 10.0.0.7, "[fe80::1]", a_b]}"#)
        #expect(several.sentences == [])
        #expect(
            several.settings.server.hosts == ["muster.example.org", "*.house.example", "10.0.0.7", "[fe80::1]", "a_b"])
        #expect(Reading("server: {hosts: muster.example.org}").settings.server.hosts == ["muster.example.org"])
        #expect(Reading("server: {port: 1}").settings.server.hosts == [])
    }

    @Test(arguments: [
        "http://muster.example.org", "muster.example.org:8080", "muster.example.org/v1", "a b", "*.", "**", "a.*",
        "*.[::1]", "[::1]:80", "me@muster.example.org", "[", "mü.example",
    ])
    func whatIsNoNameIsRefused(_ text: String) {
        let reading = Reading("server: {hosts: [\"\(text)\"]}")
        #expect(
            reading.sentences == [
                "config.yaml:1:18: server.hosts[0]: \"\(text)\" is not the name of a host. Write it without http://, "
                    + "port and path: muster.example.org, *.example.org, or \"*\" for all names."
            ])
        #expect(reading.settings.server.hosts == [])
    }

    @Test func allNamesWithoutKeysAreWarnedOfOnThisMachine() {
        let warned = Reading(#"server: {hosts: "*"}"#)
        #expect(
            warned.sentences == [
                "config.yaml:1:17: server.hosts: pages of other sites can reach the service through a browser on "
                    + "this machine. Name the hosts that are meant, or set api_keys: [\"${env.MUSTER_API_KEY}\"]."
            ])
        #expect(warned.settings.server.hosts == ["*"])
    }
}
