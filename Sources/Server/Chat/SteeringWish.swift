package import Core

/// Reads which weight experts a request steers: a list of layers, each with the experts that no token visits and those
/// whose scores change, `[{"layer": 3, "mask": [0, 5], "boost": {"7": 1.5}}]`. Of several boosts of one expert the last
/// counts, and a mask counts more than any.
package enum SteeringWish {
    private static let layers = 0...9_999
    private static let experts = 0...65_535
    /// Gates tell experts apart by a few units; a thousand settles any choice.
    private static let boosts = -1_000.0...1_000.0
    /// Most layers of a list, and most experts of a layer: twice as many as any model has.
    private static let most = 1_024

    /// What is asked for; nil for a list that asks for nothing. Throws a `Fault` that names the member by its path,
    /// which begins with `place`.
    package static func read(_ value: JSONValue, at place: String) throws -> Steering? {
        guard let elements = value.elements else {
            throw RequestFields.wrong(place, value, expected: "A list of layers is expected")
        }
        guard elements.count <= most else {
            throw Fault(
                .invalidRequest, place, "it has \(elements.count) layers", expected: "At most \(most) are expected")
        }
        var steering = Steering()
        for (index, element) in elements.enumerated() {
            var fields = try RequestFields(element, at: "\(place)[\(index)]")
            guard let layer = try fields.whole("layer", layers) else {
                throw Fault(
                    .invalidRequest, fields.path("layer"), "it is missing",
                    expected: "The number of a layer is expected, from 0")
            }
            for (expert, change) in try changes(&fields) {
                let place = Steering.Place(layer: layer, expert: expert)
                // No boost helps an expert that no token may visit.
                if steering.changes[place] != .mask { steering.changes[place] = change }
            }
            try fields.refuseOthers(known: ["layer", "mask", "boost"])
        }
        return steering.changes.isEmpty ? nil : steering
    }

    private static func changes(_ fields: inout RequestFields) throws -> [Int: Steering.Change] {
        var changes: [Int: Steering.Change] = [:]
        if let mask = fields.take("mask") {
            let path = fields.path("mask")
            guard let elements = mask.elements, elements.count <= most else {
                throw RequestFields.wrong(path, mask, expected: "A list of at most \(most) experts is expected")
            }
            for (index, element) in elements.enumerated() {
                changes[try expert(element.whole, at: "\(path)[\(index)]", or: element)] = .mask
            }
        }
        if let boost = fields.take("boost") {
            let path = fields.path("boost")
            guard let members = boost.members, members.count <= most else {
                throw RequestFields.wrong(
                    path, boost, expected: "An object of at most \(most) numbers by expert is expected")
            }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                let expert = try expert(Int(name), at: path, or: .string(name))
                guard let amount = value.double, boosts.contains(amount) else {
                    throw RequestFields.wrong(
                        "\(path).\(expert)", value,
                        expected: "A number from \(boosts.lowerBound) to \(boosts.upperBound) is expected")
                }
                if changes[expert] != .mask { changes[expert] = .boost(amount) }
            }
        }
        return changes
    }

    private static func expert(_ number: Int?, at path: String, or written: JSONValue) throws -> Int {
        guard let number, experts.contains(number) else {
            throw RequestFields.wrong(
                path, written,
                expected: "The number of a weight expert is expected, from \(experts.lowerBound) to "
                    + "\(experts.upperBound)")
        }
        return number
    }
}
