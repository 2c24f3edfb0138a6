import Core

/// What a run costs on devices that hold one model at a time, in the order the questions come and grouped by expert.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step G and its table of run times: recruited experts are asked as the questions
/// come, loading a model whenever it is not the one that is there; or each expert is loaded once and given its whole list,
/// groups spread over devices, the longest first (Graham, 1969). An answer takes less time in a batch than alone.
public struct ScheduleSimulation: Sendable {
    /// What takes how long.
    public struct Setting: Sendable, Hashable {
        public var experts: Int
        public var questions: Int
        public var seats: Int
        /// Seconds to load a model.
        public var load: Double
        /// Seconds an answer takes alone.
        public var alone: Double
        /// Seconds an answer adds to a batch.
        public var batched: Double
        public var seed: UInt64

        public init(
            experts: Int, questions: Int, seats: Int, load: Double, alone: Double, batched: Double, seed: UInt64
        ) {
            self.experts = experts
            self.questions = questions
            self.seats = seats
            self.load = load
            self.alone = alone
            self.batched = batched
            self.seed = seed
        }
    }

    /// What one order came to.
    public struct Outcome: Sendable, Hashable, Codable {
        public var order: String
        public var devices: Int
        public var loads: Int
        /// Seconds until the last answer.
        public var seconds: Double
        /// Share of the devices' time in which models were loaded.
        public var loadingShare: Double
    }

    public let setting: Setting

    public init(_ setting: Setting) { self.setting = setting }

    /// The seats of every question, each expert once; earlier experts are recruited more often (weights 1, 1/2, 1/3 …),
    /// as profiles make it.
    func recruitments() -> [[Int]] {
        let weights = (0..<setting.experts).map { 1 / Double($0 + 1) }
        var random = SeededRandom(seed: setting.seed)
        return (0..<setting.questions).map { _ in
            var open = Array(weights.enumerated())
            return (0..<min(setting.seats, setting.experts)).map { _ in
                let total = open.reduce(0) { $0 + $1.element }
                var place = Double(random.next() >> 11) / Double(1 << 53) * total
                let chosen =
                    open.firstIndex { item in
                        place -= item.element
                        return place < 0
                    } ?? open.count - 1
                return open.remove(at: chosen).offset
            }
        }
    }

    /// Question by question; each device takes the next question when it is free and keeps the model it used last.
    public func arrival(devices: Int) -> Outcome {
        var free = [Double](repeating: 0, count: devices)
        var held = [Int](repeating: -1, count: devices)
        var loads = 0
        for experts in recruitments() {
            let device = free.indices.min { free[$0] < free[$1] } ?? 0
            for expert in experts {
                if held[device] != expert {
                    held[device] = expert
                    loads += 1
                    free[device] += setting.load
                }
                free[device] += setting.alone
            }
        }
        return outcome("arrival", devices, loads, free.max() ?? 0, work: free)
    }

    /// Each expert loaded once with its whole list; the longest list goes to the device that is free first.
    public func grouped(devices: Int) -> Outcome {
        var lists = [Int](repeating: 0, count: setting.experts)
        for experts in recruitments() { for expert in experts { lists[expert] += 1 } }
        let visits = lists.filter { $0 > 0 }.map { setting.load + Self.batch($0, setting) }.sorted(by: >)
        var free = [Double](repeating: 0, count: devices)
        for visit in visits {
            let device = free.indices.min { free[$0] < free[$1] } ?? 0
            free[device] += visit
        }
        return outcome("grouped", devices, visits.count, free.max() ?? 0, work: free)
    }

    /// The first answer takes its time; each further one adds its share.
    private static func batch(_ count: Int, _ setting: Setting) -> Double {
        setting.alone + Double(count - 1) * setting.batched
    }

    private func outcome(_ order: String, _ devices: Int, _ loads: Int, _ end: Double, work: [Double]) -> Outcome {
        let busy = work.reduce(0, +)
        return Outcome(
            order: order, devices: devices, loads: loads, seconds: end,
            loadingShare: busy > 0 ? Double(loads) * setting.load / busy : 0)
    }
}
