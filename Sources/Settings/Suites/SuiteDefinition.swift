public import Core
import Yams

/// Reads one file of `Suites/`: everything the runner needs to know of a suite of questions.
///
/// Such a file comes from anywhere, like a configuration: bounded, without aliases, unknown names refused.
public struct SuiteDefinition: Sendable {
    /// Nil if the file cannot be used.
    public let spec: SuiteSpec?
    public let problems: [SettingsProblem]

    /// - Parameters:
    ///   - stem: the file's name without its end; the suite has the same.
    ///   - name: what the file is called in problems.
    public init(text: String, stem: String, name: String) {
        let list = ProblemList(file: name)
        let read = Self.read(text, stem: stem, list)
        problems = list.problems
        spec = problems.contains { $0.severity == .error } ? nil : read
    }

    private static func read(_ text: String, stem: String, _ list: ProblemList) -> SuiteSpec? {
        let advice = "Begin with name: \(stem)"
        guard let node = YAMLText.parse(text, problems: list, ifEmpty: advice) else { return nil }
        let root = Setting(node: node, path: "", problems: list, environment: nil)
        guard let group = SettingGroup(root, .suite) else {
            if root.isEmpty { root.refuse("the file is empty", fix: advice) }
            return nil
        }
        var spec = SuiteSpec(name: stem)
        if let setting = group["name"] {
            if let name = setting.word(), name != stem {
                setting.refuse("the name is \(name), the file is \(stem.quoted)", fix: "Make them equal")
            }
        } else {
            group.refuseMissing("name", fix: "Write name: \(stem)")
        }
        spec.summary = group["summary"]?.word() ?? ""
        spec.licence = group["licence"]?.word() ?? ""
        if spec.licence.isEmpty { group.refuseMissing("licence", fix: "Say under which terms its publisher gives it") }
        spec.home = group["home"]?.word() ?? ""
        spec.version = group["version"]?.word() ?? "1"
        spec.parts = parts(group["parts"])
        spec.fields = fields(group["fields"])
        spec.shape = shape(group)
        spec.maximumTokens = group["max_tokens"]?.whole(1...1_000_000) ?? 512
        spec.system = group["system"]?.text() ?? ""
        spec.prompt = group["prompt"]?.text() ?? "{question}"
        spec.examples = examples(group["examples"])
        spec.metric = metric(group["metric"])
        spec.strict = extractor(group["strict"]) ?? spec.strict
        spec.flexible = extractor(group["flexible"]) ?? spec.strict
        if spec.fields.answer == nil, [.exact, .meaning].contains(spec.metric.kind) {
            (group["fields"] ?? group.setting).refuse(
                "no field holds the answer", fix: "Write answer: and the name of the member, or a metric with a judge")
        }
        if spec.fields.tests == nil, spec.metric.kind == .tests {
            (group["fields"] ?? group.setting).refuse("no field holds the tests", fix: "Write tests: and its name")
        }
        return spec
    }

    private static func parts(_ setting: Setting?) -> [SuiteSpec.Part] {
        guard let setting, case .mapping(let mapping) = setting.node else {
            setting?.refuse("a group of parts belongs here, not \(setting?.kind ?? "")", fix: "Write test: {url: …}")
            return []
        }
        return mapping.prefix(16).compactMap { key, value in
            guard let name = key.scalar?.string else { return nil }
            let place = setting.child(value, SettingGroup.join(setting.path, name.asPathPart))
            guard let group = SettingGroup(place, .suitePart) else { return nil }
            var part = SuiteSpec.Part(name: name, purpose: .test, url: "", file: "")
            part.purpose = group["purpose"]?.choice(SuiteSpec.Part.Purpose.self, "purpose") ?? .test
            part.url = group["url"]?.word() ?? ""
            if !part.url.isEmpty, !part.url.hasPrefix("https://"), !part.url.hasPrefix("http://127.0.0.1:") {
                group["url"]?.refuse("\(part.url.quoted) is no address of the web", fix: "Begin it with https://")
            }
            part.sha256 = group["sha256"].flatMap(checksum)
            part.size = group["bytes"]?.whole(1...(1 << 30))
            if (part.sha256 == nil) != (part.size == nil) {
                group.setting.refuse("sha256 and bytes go together", fix: "Write both, or neither if you know neither")
            }
            part.file = group["file"]?.word() ?? String(part.url.split(separator: "/").last ?? "")
            if part.file.isEmpty || part.file.contains("/") || part.file.hasPrefix(".") {
                group.setting.refuse("\(part.file.quoted) is no name of a file", fix: "Write file: questions.jsonl")
            }
            part.member = group["member"]?.word()
            part.opening = group["opening"]?.word()
            return part
        }
    }

    private static func checksum(_ setting: Setting) -> String? {
        guard let text = setting.word() else { return nil }
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            setting.refuse("\(text.quoted) is no SHA-256", expected: "64 lower-case hexadecimal digits belong here")
            return nil
        }
        return text
    }

    private static func fields(_ setting: Setting?) -> SuiteSpec.Fields {
        var fields = SuiteSpec.Fields()
        guard let group = SettingGroup(setting, .suiteFields) else { return fields }
        fields.id = group["id"]?.word()
        fields.question = group["question"]?.word() ?? "question"
        fields.answer = group["answer"]?.word()
        fields.answerPattern = group["answer_pattern"]?.word()
        fields.answerWords = words(group["answer_words"])
        fields.category = group["category"]?.word()
        fields.options = group["options"]?.word()
        fields.tests = group["tests"]?.word()
        fields.entry = group["entry"]?.word()
        fields.testCall = group["test_call"]?.word()
        fields.programHead = group["program_head"]?.word()
        fields.only = words(group["only"])
        return fields
    }

    private static func words(_ setting: Setting?) -> [String: String] {
        guard let setting else { return [:] }
        guard case .mapping(let mapping) = setting.node else {
            setting.refuse("a group of words belongs here, not \(setting.kind)", fix: "Write {true: yes, false: no}")
            return [:]
        }
        var words: [String: String] = [:]
        for (key, value) in mapping.prefix(64) {
            guard let name = key.scalar?.string else { continue }
            words[name] = setting.child(value, SettingGroup.join(setting.path, name.asPathPart)).text()
        }
        return words
    }

    private static func shape(_ group: SettingGroup) -> AnswerShape {
        enum Shape: String, CaseIterable { case automatic, number, choice, exact }
        switch group["answer"]?.choice(Shape.self, "form of answer") {
        case .number: return .number
        case .choice: return .choice(options: group["options"]?.whole(2...26) ?? 4)
        case .exact: return .exact
        case .automatic, nil: return .automatic
        }
    }

    private static func examples(_ setting: Setting?) -> [SuiteSpec.Example] {
        (setting?.list() ?? []).compactMap { place in
            guard let group = SettingGroup(place, .suiteExample) else { return nil }
            guard let question = group["question"]?.text(), let answer = group["answer"]?.text() else {
                place.refuse("an example has a question and an answer")
                return nil
            }
            return SuiteSpec.Example(question: question, answer: answer)
        }
    }

    private static func extractor(_ setting: Setting?) -> ExtractorSpec? {
        guard let group = SettingGroup(setting, .suiteExtractor) else { return nil }
        let kind = group["kind"]?.choice(ExtractorSpec.Kind.self, "extractor") ?? .pattern
        let pattern = group["pattern"]?.text() ?? ""
        if pattern.isEmpty, kind == .pattern || kind == .letter {
            group.refuseMissing("pattern", fix: #"Write pattern: '#### (\-?[0-9.,]+)'"#)
        }
        let take = group["take"]?.choice(ExtractorSpec.Take.self, "match") ?? .first
        return ExtractorSpec(kind, pattern: pattern, take: take)
    }

    private static func metric(_ setting: Setting?) -> MetricSpec {
        guard let group = SettingGroup(setting, .suiteMetric) else { return MetricSpec() }
        return MetricSpec(
            group["kind"]?.choice(MetricSpec.Kind.self, "metric") ?? .exact,
            ignoring: group["ignoring"]?.list().compactMap { $0.text() } ?? [],
            ignoresCase: group["ignores_case"]?.flag() ?? false,
            ignoresMarks: group["ignores_marks"]?.flag() ?? false,
            skillCount: group["skills"]?.whole(1...8) ?? 2,
            topics: group["topics"]?.list().compactMap { $0.word() } ?? [])
    }
}
