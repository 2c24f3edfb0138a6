import Core
import HTTPTypes
import Server
import Testing

struct PageRouteTests {
    private let door = FrontDoor(options: ServiceOptions(keys: ["k"]), insight: .sample())

    @Test func theFrontPageNeedsNoKeyAndHoldsNothingWrittenIntoIt() async throws {
        let reply = try await door.get("/")
        #expect(reply.status == 200 && reply.header("content-type") == "text/html; charset=utf-8")
        #expect(reply.body.hasPrefix("<!doctype html>"))
        // The policy would refuse them; nothing shall depend on it.
        for inline in ["<script>", " onclick=", "<style", "style=\"", "javascript:"] {
            #expect(!reply.body.contains(inline), "\(inline)")
        }
    }

    @Test func thePolicyLetsNothingInFromElsewhere() async throws {
        let policy = try #require(try await door.get("/").header("content-security-policy"))
        let parts = policy.split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(parts.contains("default-src 'none'") && parts.contains("script-src 'self'"))
        #expect(parts.contains("connect-src 'self'") && parts.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("http"))
    }

    @Test func everythingThatThePageNamesIsThere() async throws {
        let front = try await door.get("/").body
        let named = front.split(separator: "\"").filter { $0.hasPrefix("page/") }
        #expect(named.count >= 4)
        var left = named.map(String.init)
        var seen: Set<String> = []
        while let path = left.popLast() {
            seen.insert(path)
            let reply = try await door.get("/" + path)
            #expect(reply.status == 200 && !reply.body.isEmpty, "\(path)")
            #expect(reply.header("x-content-type-options") == "nosniff")
            // What modules import lies beside them.
            for line in reply.body.split(separator: "\n") where line.contains(" from \"./") {
                let name = line.split(separator: "\"").last { $0.hasPrefix("./") }.map { $0.dropFirst(2) } ?? ""
                if seen.insert("page/" + name).inserted { left.append("page/" + name) }
            }
        }
        #expect(seen.count >= 10)
    }

    @Test func whatTheBrowserHasIsNotSentAgain() async throws {
        let tag = try #require(try await door.get("/page/app.js").header("etag"))
        for known in [tag, "W/" + tag, "\"other\", " + tag, "*"] {
            let reply = try await door.get("/page/app.js", headers: [.ifNoneMatch: known])
            #expect(reply.status == 304 && reply.body.isEmpty && reply.header("etag") == tag, "\(known)")
        }
        #expect(try await door.get("/page/app.js", headers: [.ifNoneMatch: "\"other\""]).status == 200)
        #expect(try await door.get("/page/page.css").header("etag") != tag)
    }

    @Test(arguments: ["nothing.js", "..%2Findex.html", "app.js%00"])
    func otherFilesAreNotThere(_ name: String) async throws {
        let reply = try await door.get("/page/" + name)
        #expect(reply.status == 404 && reply.refusal?.code == "path_not_found")
    }

    @Test func thereIsNoPageWhereItIsSwitchedOff() async throws {
        let door = FrontDoor()
        for path in ["/", "/page/app.js", "/insight/traces"] { #expect(try await door.get(path).status == 404) }
    }

    @Test func pagesOfOtherSitesMayNotAskThroughSomebodysBrowser() async throws {
        let door = FrontDoor(insight: .sample())
        let site = try #require(HTTPField.Name("sec-fetch-site"))
        for from in ["cross-site", "same-site"] {
            let reply = try await door.chat(headers: [site: from])
            #expect(reply.status == 403 && reply.refusal?.code == "not_allowed")
        }
        #expect(door.service.asked.isEmpty)
        for from in ["same-origin", "none"] { #expect(try await door.chat(headers: [site: from]).status == 200) }
        #expect(try await door.get("/v1/models", headers: [site: "cross-site"]).status == 200)
    }
}
