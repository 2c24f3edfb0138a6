/// The temperature itself when it is finite, above 0, and has a finite inverse; a refusal that names its owner
/// otherwise.
func checkedTemperature(_ temperature: Double, of owner: String) throws(GateRefusal) -> Double {
    guard temperature.isFinite, temperature > 0, (1 / temperature).isFinite else {
        throw GateRefusal(
            subject: "\(owner).temperature", found: "\(temperature)", expected: "a finite number above 0")
    }
    return temperature
}

/// The count itself when a row can have so many seats; a refusal that names its owner otherwise.
func checkedSeatCount(_ count: Int, of owner: String) throws(GateRefusal) -> Int {
    guard count >= 1 else {
        throw GateRefusal(subject: owner, found: "\(count)", expected: "a whole number of 1 or more")
    }
    return count
}
