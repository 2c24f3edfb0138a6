/// The names that may stand in a file of `Suites/`.
extension SettingNames {
    static let suite = SettingNames(
        "",
        [
            "name", "summary", "licence", "home", "version", "parts", "fields", "answer", "options", "max_tokens",
            "system", "prompt", "examples", "strict", "flexible", "metric",
        ])
    static let suitePart = SettingNames(
        "parts.*", ["purpose", "url", "sha256", "bytes", "file", "member", "opening"])
    static let suiteFields = SettingNames(
        "fields",
        [
            "id", "question", "answer", "answer_pattern", "answer_words", "category", "options", "tests", "entry",
            "test_call", "program_head", "only",
        ])
    static let suiteExample = SettingNames("examples[]", ["question", "answer"])
    static let suiteExtractor = SettingNames("strict", ["kind", "pattern", "take"])
    static let suiteMetric = SettingNames(
        "metric", ["kind", "ignoring", "ignores_case", "ignores_marks", "skills", "topics"])
}
