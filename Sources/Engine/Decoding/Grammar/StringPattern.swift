/// A regular expression in the sense of the theory: the strings it describes, without captures or contexts.
indirect enum StringPattern: Sendable {
    /// One character of a set.
    case character(ScalarSet)
    /// One behind the other; none is the empty string.
    case sequence([StringPattern])
    case choice([StringPattern])
    /// No most means any number.
    case repeated(StringPattern, least: Int, most: Int?)

    /// Any characters at all: what stands around a pattern that is not anchored.
    static let anything = StringPattern.repeated(.character(.all), least: 0, most: nil)
}
