import Experts

/// What running models in this process took, as one line for people.
enum LocalModelsText {
    /// `local models: loaded 2 times in 1.8 s, put away once to make room`; nil where no model was loaded.
    static func line(_ statistics: LocalModelStatistics) -> String? {
        guard statistics.loads > 0 else { return nil }
        let loaded = "local models: loaded \(times(statistics.loads)) in \(statistics.loadSeconds.decimals(1)) s"
        guard statistics.putAways > 0 else { return loaded }
        return loaded + ", put away \(times(statistics.putAways)) to make room"
    }

    private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}
