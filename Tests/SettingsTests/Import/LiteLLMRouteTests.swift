import Core
import Settings
import Testing

/// Groups and fallbacks, as far as a route can say them.
struct LiteLLMRouteTests {
    private static func entry(_ name: String, _ model: String) -> String {
        "{model_name: \(name), litellm_params: {model: openai/\(model), api_base: \"http://127.0.0.1:9/v1\", api_key: none}}"
    }

    @Test func anotherOfTheGroupIsAskedWhenOneFails() throws {
        let read = try Importing.litellm(Self.entry("g", "dead"), Self.entry("g", "live"))
        #expect(read.errors == [])
        let route = try read.route("g")
        #expect(route.experts == ["g-1", "g-2"] && route.fallback == "g-2")
        #expect(route.routing.strategy == .random && route.routing.seats == 1)
        #expect(read.hasNote("g: one of its 2 models is drawn for each question; if it fails, g-2 is asked."))
    }

    @Test func aFallbackToAGroupAsksOneOfIt() throws {
        let read = try Importing.litellm(
            Self.entry("chat", "a"), Self.entry("cl", "b"), Self.entry("cl", "c"),
            beside: "litellm_settings: {fallbacks: [{chat: [cl]}]}")
        #expect(read.errors == [])
        #expect(try read.route("chat").fallback == "cl-1" && read.route("cl").fallback == "cl-3")
        #expect(
            read.notes.contains(
                "fallbacks of chat: of the 2 models called cl only cl-1 is asked; a route has one fallback."))
    }

    @Test func aGroupWithAFallbackKeepsIt() throws {
        let read = try Importing.litellm(
            Self.entry("g", "a"), Self.entry("g", "b"), Self.entry("h", "c"),
            beside: "router_settings: {fallbacks: [{g: [h]}]}")
        #expect(try read.route("g").fallback == "h" && read.ids == ["g-1", "g-2", "h"])
        #expect(read.hasNote("g: one of its 2 models is drawn", "if it fails, h is asked, its fallback."))
    }

    @Test func aFallbackForAllIsEverybodysWhoHasNoOther() throws {
        let read = try Importing.litellm(
            Self.entry("a", "a"), Self.entry("b", "b"), Self.entry("c", "c"),
            beside: "litellm_settings: {fallbacks: [{b: [a]}, {\"*\": [c]}]}")
        #expect(read.errors == [])
        #expect(try read.route("a").fallback == "c" && read.route("b").fallback == "a-1")
        #expect(read.ids == ["a-1", "b-1", "c"])
        let usual = try Importing.litellm(
            Self.entry("a", "a"), Self.entry("c", "c"), beside: "litellm_settings: {default_fallbacks: [c]}")
        #expect(try usual.route("a").fallback == "c" && !usual.hasNote("default_fallbacks was left out"))
    }

    @Test func aFallbackThatNobodyIsIsSaid() throws {
        let read = try Importing.litellm(
            Self.entry("chat", "a"),
            beside: "litellm_settings: {fallbacks: [{chat: [not-listed, chat]}, {gone: [chat]}, {chat: [{model: x}]}]}")
        #expect(read.errors == [] && read.ids == ["chat"])
        #expect(
            read.notes.contains(
                "fallbacks of chat: no model that was taken over and answers questions is called not-listed."))
        #expect(read.notes.contains("fallbacks of gone: no model that was taken over has that name."))
        #expect(read.notes.contains("fallbacks of chat: only names of models are read; others were left out."))
    }
}
