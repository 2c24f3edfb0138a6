import Core

/// The short form of a trace for a header: at most 4 KiB of ASCII, and not a word of what was asked.
struct TraceDigest {
    /// Servers and proxies take 8 KiB of headers as a rule; half of that is ours.
    static let longest = 4096

    fileprivate struct Candidate {
        var expert: String
        var local: Double
        var strength: Double
        var probability: Double
    }

    fileprivate struct Exclusion {
        var expert: String
        var because: String
    }

    private var id: String
    private var route: String
    private var strategy: String
    private var seed: UInt64
    private var annotator: String
    private var skills: [String]
    /// Experts in the order they were drawn.
    private var seats: [String]
    /// Best first.
    private var candidates: [Candidate]
    private var excluded: [Exclusion]
    private var reason: String
    /// True if something was left out for want of space.
    private var shortened: Bool?

    private init(_ trace: Trace, keeping most: Int) {
        let recruitment = trace.recruitment
        id = trace.id
        route = trace.route.held(to: 80)
        strategy = recruitment.strategy
        seed = recruitment.seed
        annotator = trace.need.annotator.held(to: 80)
        skills = trace.need.skills.prefix(most).map { $0.rawValue.held(to: 80) }
        seats = recruitment.seats.prefix(most).map { $0.expert.rawValue.held(to: 80) }
        candidates = recruitment.suitabilities.prefix(most).map {
            Candidate(
                expert: $0.expert.rawValue.held(to: 80), local: Self.short($0.local),
                strength: Self.short($0.strength), probability: Self.short($0.probability))
        }
        excluded = recruitment.excluded.prefix(most).map {
            Exclusion(expert: $0.expert.rawValue.held(to: 80), because: $0.because.inOwnWords.held(to: 120))
        }
        reason = recruitment.reason.held(to: most * 20)
        let counts = [
            trace.need.skills.count, recruitment.seats.count, recruitment.suitabilities.count,
            recruitment.excluded.count,
        ]
        if counts.contains(where: { $0 > most }) || reason != recruitment.reason { shortened = true }
    }

    /// As much of the trace as fits.
    static func json(of trace: Trace) -> String {
        for most in [64, 16, 8, 4, 2, 1] {
            let text = JSONText.ascii(String(decoding: TraceDigest(trace, keeping: most).told(), as: UTF8.self))
            if text.utf8.count <= longest { return text }
        }
        return #"{"id":\#(JSONText.ascii(JSONText.quoted(trace.id.held(to: 64)))),"shortened":true}"#
    }

    /// Four decimals, which is more than a profile knows.
    private static func short(_ number: Double) -> Double { (number * 10_000).rounded() / 10_000 }
}

extension String {
    /// At most so many characters. Most texts are short, and finding where characters end takes long.
    fileprivate func held(to most: Int) -> String { utf8.count <= most ? self : String(prefix(most)) }
}

extension TraceDigest: JSONTold {
    func tell(to page: JSONPage) {
        page.object {
            $0.put("id", id)
            $0.put("route", route)
            $0.put("strategy", strategy)
            $0.put("seed", seed)
            $0.put("annotator", annotator)
            $0.put("skills", skills)
            $0.put("seats", seats)
            $0.put("candidates", candidates)
            $0.put("excluded", excluded)
            $0.put("reason", reason)
            $0.put("shortened", shortened)
        }
    }
}

extension TraceDigest.Candidate: JSONTold {
    func tell(to page: JSONPage) {
        page.object {
            $0.put("expert", expert)
            $0.put("local", local)
            $0.put("strength", strength)
            $0.put("probability", probability)
        }
    }
}

extension TraceDigest.Exclusion: JSONTold {
    func tell(to page: JSONPage) {
        page.object {
            $0.put("expert", expert)
            $0.put("because", because)
        }
    }
}
