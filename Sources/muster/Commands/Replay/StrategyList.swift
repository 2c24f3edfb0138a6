import Bench

/// What `muster replay --list` prints.
enum StrategyList {
    static func show() {
        var strategies = TextTable(["strategy", "who is asked"], sides: [.left, .left])
        for entry in StrategyShelf.entries() { strategies.add([entry.contestant.name, entry.summary]) }
        for wrapper in StrategyShelf.wrappers { strategies.add(["\(wrapper.name)(…)", wrapper.summary]) }
        Output.lines(strategies.lines)
        Output.line()
        var votes = TextTable(["aggregation", "of several answers"], sides: [.left, .left])
        for (vote, summary) in StrategyShelf.votes { votes.add([vote.name, summary]) }
        Output.lines(votes.lines)
    }
}
