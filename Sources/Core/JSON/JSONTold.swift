/// A value that writes itself as JSON, without asking the runtime for a container for each level as `Encodable` does,
/// which is most of the work. For what is written with every request; what is `Encodable` too writes the same bytes.
package protocol JSONTold {
    func tell(to page: JSONPage)
}

extension JSONTold {
    /// The value as JSON, names as in the source unless said otherwise.
    package func told(_ names: JSONWriter.Names = .asWritten) -> [UInt8] {
        let page = JSONPage(names)
        tell(to: page)
        return page.bytes
    }
}

extension JSONPage {
    /// An object; members that are nil are left out.
    package func object(_ tell: (inout ObjectTold) -> Void) {
        put("{")
        var object = ObjectTold(page: self)
        tell(&object)
        put("}")
    }

    /// An array.
    func array(_ elements: some Sequence<some JSONTold>) {
        put("[")
        var isFirst = true
        for element in elements {
            if !isFirst { put(",") }
            isFirst = false
            element.tell(to: self)
        }
        put("]")
    }
}

/// The members of an object that is being told, in order.
package struct ObjectTold {
    fileprivate let page: JSONPage
    private var isFirst = true

    fileprivate init(page: JSONPage) { self.page = page }

    private mutating func next(_ name: StaticString) {
        if !isFirst { page.put(",") }
        isFirst = false
        page.put(name: name)
    }

    package mutating func put(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        next(name)
        page.put(quoted: value)
    }

    package mutating func put(_ name: StaticString, _ value: (some RawRepresentable<String>)?) {
        put(name, value?.rawValue)
    }

    package mutating func put(_ name: StaticString, _ value: Double?) {
        guard let value else { return }
        next(name)
        page.put(value)
    }

    package mutating func put(_ name: StaticString, _ value: (some BinaryInteger)?) {
        guard let value else { return }
        next(name)
        page.put(String(value))
    }

    package mutating func put(_ name: StaticString, _ value: Bool?) {
        guard let value else { return }
        next(name)
        page.put(value ? "true" : "false")
    }

    package mutating func put(_ name: StaticString, _ value: (some JSONTold)?) {
        guard let value else { return }
        next(name)
        value.tell(to: page)
    }

    package mutating func put(_ name: StaticString, _ values: [some JSONTold]) {
        next(name)
        page.array(values)
    }
}

extension String: JSONTold {
    package func tell(to page: JSONPage) { page.put(quoted: self) }
}

extension Name: JSONTold {
    package func tell(to page: JSONPage) { page.put(quoted: rawValue) }
}
