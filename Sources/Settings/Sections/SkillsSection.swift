import Core

extension SkillSettings {
    /// The annotator that asks nobody.
    private static let lexical = "lexical"

    /// `skills:`
    init(_ setting: Setting?, experts: ExpertNames) {
        guard let group = SettingGroup(setting, .skills) else { return }
        folder = group["folder"]?.word() ?? folder
        annotator = group["annotator"].flatMap { experts.expert($0, besides: Self.lexical) }
        votes = group["votes"]?.whole(1...25) ?? votes
        filter = group["filter"]?.choice(Filter.self, "filter") ?? filter
        unknown = group["unknown"]?.choice(Unknown.self, "way with unknown keywords") ?? unknown
        temperature = group["temperature"]?.number(0...2) ?? temperature
        instructions = group["instructions"]?.flag() ?? instructions
        if annotator == nil {
            for name in ["votes", "temperature"] where group.has(name) && !group.has("annotator") {
                group[name]?.warn(
                    "this has no effect on the lexical annotator", fix: "Name an expert as annotator, or leave it out")
            }
        }
    }
}
