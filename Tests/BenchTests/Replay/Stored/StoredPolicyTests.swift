import Bench
import Core
import Testing

struct StoredPolicyTests {
    private let routings = [
        "pair": RoutingPlan(strategy: .fixed, members: ["a", "b"]), "skill": RoutingPlan(seats: 5),
        "thrifty": RoutingPlan(strategy: .value, seats: 1, priceWeight: 0.7),
    ]

    private func read(_ names: String..., seats: Int? = nil) throws -> [StoredPolicy] {
        try StoredPolicy.read(names, seats: seats, among: routings, experts: ["a", "b"])
    }

    @Test func readsEntriesStrategiesAndSingleExperts() throws {
        #expect(try read("thrifty", "pair").map(\.plan) == [routings["thrifty"], routings["pair"]])
        #expect(try read("skill")[0].plan.seats == 5, "an entry replaces the bare strategy of its name")
        #expect(try read("random", "value", "fixed").map(\.plan.strategy) == [.random, .value, .fixed])
        #expect(try read("value")[0].plan.seats == 1)
        #expect(try read("single:b")[0].plan.members == ["b"])
    }

    @Test func noneMeansEveryEntry() throws { #expect(try read().map(\.name) == ["pair", "skill", "thrifty"]) }

    @Test func seatsReplaceThoseOfTheEntries() throws {
        #expect(try read("skill", "random", seats: 2).map(\.plan.seats) == [2, 2])
        #expect(try read("pair", seats: 1)[0].plan.members == ["a", "b"])
    }

    @Test(arguments: [
        (
            "thirfty",
            #"strategy "thirfty": there is no such strategy. Did you mean thrifty? "#
                + "Or single:<expert> for one expert alone."
        ),
        ("single:x", #"expert "x": there is no such expert. There are a, b."#),
    ])
    func anUnknownNameComesWithTheNearest(_ name: String, sentence: String) {
        #expect { try read(name) } throws: { ($0 as? Fault)?.sentence == sentence }
    }

    @Test(arguments: [0, 65]) func seatsAreBounded(_ seats: Int) {
        #expect { try read(seats: seats) } throws: {
            ($0 as? Fault)?.sentence == "seats: is \(seats). A whole number from 1 to 64 is expected."
        }
    }
}
