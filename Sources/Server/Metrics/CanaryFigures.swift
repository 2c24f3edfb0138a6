package import Core

/// What canaries say, as figures.
package struct CanaryFigures: Sendable {
    private let book: CanaryBook

    package init(_ book: CanaryBook) { self.book = book }

    package var families: [MetricFamily] {
        let places = book.standings
        return [
            MetricFamily(
                .canaryShare,
                places.flatMap { standing in
                    let names = [standing.expert.rawValue, standing.skill.rawValue]
                    let now = standing.now.map { MetricFamily.Series(names + ["now"], .number($0.share)) }
                    return [MetricFamily.Series(names + ["before"], .number(standing.before.share))]
                        + (now.map { [$0] } ?? [])
                }),
            MetricFamily(
                .demoted,
                places.map {
                    .init([$0.expert.rawValue, $0.skill.rawValue], .number($0.demotedSince == nil ? 0 : 1))
                }),
        ]
    }
}
