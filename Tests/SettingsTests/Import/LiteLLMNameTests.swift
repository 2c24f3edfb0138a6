import Core
import Settings
import Testing

/// What clients ask for, before and after.
struct LiteLLMNameTests {
    @Test func aNameThatChangesIsSaid() throws {
        let read = try Importing.litellm(
            "{model_name: GPT-4o, litellm_params: {model: openai/gpt-4o}}",
            "{model_name: anthropic/claude-3-5-sonnet, litellm_params: {model: anthropic/claude}}",
            "{model_name: plain, litellm_params: {model: openai/gpt-4o}}")
        #expect(read.ids == ["gpt-4o", "anthropic-claude-3-5-sonnet", "plain"])
        #expect(
            read.notes.contains(
                "model_list (GPT-4o): names have small letters, digits, - _ and . here, none twice: clients ask for "
                    + "gpt-4o."))
        #expect(read.hasNote("clients ask for anthropic-claude-3-5-sonnet.") && !read.hasNote("(plain)", "clients"))
    }

    @Test func groupsThatDifferInCaseAloneHaveNamesOfTheirOwn() throws {
        let params = "litellm_params: {model: openai/m, api_key: os.environ/K}"
        let read = try Importing.litellm(
            "{model_name: GPT-4, \(params)}", "{model_name: GPT-4, \(params)}", "{model_name: gpt-4, \(params)}",
            "{model_name: gpt-4, \(params)}")
        #expect(read.errors == [] && Set(read.ids).count == 4)
        // Whoever is called so already stays so.
        #expect(try read.route("gpt-4").experts == read.settings.experts.suffix(2).map(\.card.id))
        #expect(try read.route("gpt-4-2").experts == read.settings.experts.prefix(2).map(\.card.id))
        #expect(read.hasNote("model_list (GPT-4)", "clients ask for gpt-4-2."))
    }

    @Test func aModelCalledAutoIsAskedByThatRoute() throws {
        let read = try Importing.litellm(
            "{model_name: auto, litellm_params: {model: openai/m}}",
            "{model_name: b, litellm_params: {model: openai/m}}")
        #expect(read.errors == [] && read.ids == ["auto-1", "b"])
        #expect(try read.route("auto").experts == ["auto-1"])
        #expect(read.hasNote("auto is the route that always exists here; the model is called auto-1"))
        let embeds = try Importing.litellm(
            "{model_name: auto, litellm_params: {model: openai/m}, model_info: {mode: embedding}}",
            "{model_name: b, litellm_params: {model: openai/m}}")
        #expect(embeds.errors == [] && embeds.ids == ["auto-1", "b"])
    }

    @Test func modelsThatEmbedAreNoRoute() throws {
        let embeds = "litellm_params: {model: openai/m}, model_info: {mode: embedding}"
        let read = try Importing.litellm(
            "{model_name: e, \(embeds)}", "{model_name: e, \(embeds)}", "{model_name: both, \(embeds)}",
            "{model_name: both, litellm_params: {model: openai/m}}",
            beside: "litellm_settings: {fallbacks: [{e: [both]}, {both: [e]}]}")
        #expect(read.errors == [] && read.ids == ["e", "e-2", "both-1", "both"])
        #expect(read.hasNote("clients ask for e-2 to have texts embedded"))
        #expect(read.hasNote("fallbacks of e: it embeds") && read.hasNote("fallbacks of both", "is called e."))
    }
}
