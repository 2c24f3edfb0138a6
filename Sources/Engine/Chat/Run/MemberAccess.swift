/// Finds attributes, elements and slices of values in the order in which Jinja looks for them.
extension Interpreter {
    /// `value.name`: a method before a member.
    func attribute(_ name: String, of value: RunValue) throws(ChatTemplateRefusal) -> RunValue {
        try refuseUndefined(value)
        return method(name, of: value) ?? member(name, of: value)
            ?? .undefined("the member “\(name)” of \(value.kind)")
    }

    /// `value[place]`: a member before a method.
    mutating func element(of value: RunValue, at place: RunValue) throws(ChatTemplateRefusal) -> RunValue {
        try refuseUndefined(value)
        try meter.count(place)
        switch (value, place) {
        case (.mapping(let mapping), _):
            if let found = mapping[place] { return found }
        case (.list(let row), _), (.tuple(let row), _):
            if let index = place.whole, let found = Self.place(index, of: row.items.count) { return row.items[found] }
        case (.text(let text), _):
            try meter.count(value)
            let scalars = Array(text.unicodeScalars)
            if let index = place.whole, let found = Self.place(index, of: scalars.count) {
                return .text(String(scalars[found]))
            }
        case (.loop, .text(let name)), (.namespace, .text(let name)):
            if let found = member(name, of: value) { return found }
        default: break
        }
        if case .text(let name) = place {
            return method(name, of: value) ?? .undefined("the member “\(name)” of \(value.kind)")
        }
        return .undefined("the element \(place.whole.map { String($0) + " " } ?? "")of \(value.kind)")
    }

    /// Where the element `index` stands, counted from the end when negative; nil when there is none.
    private static func place(_ index: Int, of count: Int) -> Int? {
        let place = index < 0 ? index + count : index
        return 0..<count ~= place ? place : nil
    }

    private func method(_ name: String, of value: RunValue) -> RunValue? {
        let known: Bool =
            switch value {
            case .text: TextMethods.all[name] != nil
            case .mapping: MappingMethods.all[name] != nil
            case .list, .tuple: RowMethods.all[name] != nil
            case .loop: name == "cycle"
            default: false
            }
        return known ? .method(of: value, name: name) : nil
    }

    private func member(_ name: String, of value: RunValue) -> RunValue? {
        switch value {
        case .mapping(let mapping): mapping[name]
        case .namespace(let number): namespaces[number][name]
        case .macro(let number): name == "name" ? .text(macros[number].syntax.name) : nil
        case .loop(let position): position.member(name)
        default: nil
        }
    }

    /// `value[start:stop:step]` of a text, a list or a tuple.
    mutating func slice(
        of value: RunValue, start: Int?, stop: Int?, step: Int?
    ) throws(ChatTemplateRefusal) -> RunValue {
        try refuseUndefined(value)
        try meter.count(value)
        guard step != 0 else { throw ChatTemplateRefusal(.operation("a slice with step 0", expected: "another step")) }
        switch value {
        case .text(let text):
            let scalars = Array(text.unicodeScalars)
            let places = Self.places(count: scalars.count, start: start, stop: stop, step: step ?? 1)
            return .text(String(scalars: places.map { scalars[$0] }))
        case .list(let row):
            let places = Self.places(count: row.items.count, start: start, stop: stop, step: step ?? 1)
            return .list(try ValueRow(places.map { row.items[$0] }))
        case .tuple(let row):
            let places = Self.places(count: row.items.count, start: start, stop: stop, step: step ?? 1)
            return .tuple(try ValueRow(places.map { row.items[$0] }))
        default: return .undefined("a slice of \(value.kind)")
        }
    }

    /// The places of a slice; bounds outside are moved to the ends.
    private static func places(count: Int, start: Int?, stop: Int?, step: Int) -> StrideTo<Int> {
        let lowest = step > 0 ? 0 : -1
        let highest = step > 0 ? count : count - 1
        func clamped(_ bound: Int) -> Int {
            max(lowest, min(highest, bound < 0 ? bound + count : bound))
        }
        let first = start.map(clamped) ?? (step > 0 ? 0 : count - 1)
        let last = stop.map(clamped) ?? (step > 0 ? count : -1)
        // A step longer than the row goes past its end, whatever it is; so nothing overflows.
        return stride(from: first, to: last, by: max(-count - 1, min(count + 1, step)))
    }
}

extension LoopPosition {
    /// What `loop.name` is.
    func member(_ name: String) -> RunValue? {
        let count = rows.items.count
        switch name {
        case "index": return .integer(index + 1)
        case "index0": return .integer(index)
        case "revindex": return .integer(count - index)
        case "revindex0": return .integer(count - index - 1)
        case "first": return .boolean(index == 0)
        case "last": return .boolean(index == count - 1)
        case "length": return .integer(count)
        case "depth": return .integer(outerCount + 1)
        case "depth0": return .integer(outerCount)
        case "previtem": return index > 0 ? rows.items[index - 1] : .undefined("the item before the first")
        case "nextitem": return index + 1 < count ? rows.items[index + 1] : .undefined("the item behind the last")
        default: return nil
        }
    }
}
