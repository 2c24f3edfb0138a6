/// One object or array on its way to the page; it is closed when its value has told everything.
final class JSONLevel {
    private enum Form { case nothing, object, array, value }

    let page: JSONPage
    let path: [any CodingKey]
    private var form = Form.nothing
    private var count = 0
    /// An object or array within this one that was opened by hand: closed before anything else is written here.
    private var inner: JSONLevel?

    init(_ page: JSONPage, _ path: [any CodingKey]) {
        self.page = page
        self.path = path
    }

    /// Opens an object, once.
    func beginObject() {
        guard form == .nothing else { return }
        form = .object
        page.put("{")
    }

    /// Opens an array, once.
    func beginArray() {
        guard form == .nothing else { return }
        form = .array
        page.put("[")
    }

    /// Goes to the place of the next member or element.
    func next(_ key: (any CodingKey)? = nil) {
        inner?.close()
        inner = nil
        if count > 0 { page.put(",") }
        count += 1
        if let key { page.put(name: key) }
    }

    /// The value stands for itself: a text, a number.
    func single() { form = .value }

    /// How many elements an array has.
    var elementCount: Int { count }

    /// A level within, at the place of the next member or element.
    func within(_ key: (any CodingKey)? = nil) -> JSONLevel {
        next(key)
        let level = JSONLevel(page, path)
        inner = level
        return level
    }

    func close() {
        inner?.close()
        inner = nil
        switch form {
        case .nothing: page.put("{}")
        case .object: page.put("}")
        case .array: page.put("]")
        case .value: break
        }
        form = .value
    }
}

/// What a value is handed to tell its members to.
struct JSONLevelEncoder: Encoder {
    let level: JSONLevel

    var codingPath: [any CodingKey] { level.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        level.beginObject()
        return KeyedEncodingContainer(JSONMembers(level: level))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        level.beginArray()
        return JSONElements(level: level)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        level.single()
        return JSONSingle(level: level)
    }
}

/// The members of an object.
private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let level: JSONLevel
    var codingPath: [any CodingKey] { level.path }

    func encodeNil(forKey key: Key) {
        level.next(key)
        level.page.put("null")
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        level.next(key)
        try level.page.write(value, at: level.path)
    }

    func encode(_ value: String, forKey key: Key) {
        level.next(key)
        level.page.put(quoted: value)
    }

    func encode(_ value: Double, forKey key: Key) {
        level.next(key)
        level.page.put(value)
    }

    func encode(_ value: Int, forKey key: Key) {
        level.next(key)
        level.page.put(String(value))
    }

    func encode(_ value: Bool, forKey key: Key) {
        level.next(key)
        level.page.put(value ? "true" : "false")
    }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
        JSONLevelEncoder(level: level.within(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONLevelEncoder(level: level.within(key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONLevelEncoder(level: level.within(SuperKey())) }
    func superEncoder(forKey key: Key) -> any Encoder { JSONLevelEncoder(level: level.within(key)) }
}

/// The elements of an array.
private struct JSONElements: UnkeyedEncodingContainer {
    let level: JSONLevel
    var codingPath: [any CodingKey] { level.path }
    var count: Int { level.elementCount }

    func encodeNil() {
        level.next()
        level.page.put("null")
    }

    func encode(_ value: some Encodable) throws {
        level.next()
        try level.page.write(value, at: level.path)
    }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        JSONLevelEncoder(level: level.within()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONLevelEncoder(level: level.within()).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONLevelEncoder(level: level.within()) }
}

/// A value that stands for itself.
private struct JSONSingle: SingleValueEncodingContainer {
    let level: JSONLevel
    var codingPath: [any CodingKey] { level.path }

    func encodeNil() { level.page.put("null") }
    func encode(_ value: some Encodable) throws { try level.page.write(value, at: level.path) }

    // What has no members asks for a single value; without these it would ask for ever.
    func encode(_ value: String) { level.page.put(quoted: value) }
    func encode(_ value: Bool) { level.page.put(value ? "true" : "false") }
    func encode(_ value: Double) { level.page.put(value) }
    func encode(_ value: Int) { level.page.put(String(value)) }
    func encode(_ value: Int8) { level.page.put(String(value)) }
    func encode(_ value: Int16) { level.page.put(String(value)) }
    func encode(_ value: Int32) { level.page.put(String(value)) }
    func encode(_ value: Int64) { level.page.put(String(value)) }
    func encode(_ value: UInt) { level.page.put(String(value)) }
    func encode(_ value: UInt8) { level.page.put(String(value)) }
    func encode(_ value: UInt16) { level.page.put(String(value)) }
    func encode(_ value: UInt32) { level.page.put(String(value)) }
    func encode(_ value: UInt64) { level.page.put(String(value)) }
    func encode(_ value: Float) { level.page.put(Double(value)) }
}

private struct SuperKey: CodingKey {
    var stringValue = "super"
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
