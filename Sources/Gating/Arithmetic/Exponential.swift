/// e to the power `x`, from additions and multiplications only.
///
/// The standard library offers no exponential, and every platform's C library rounds its own differently. This one
/// gives the same bits wherever IEEE 754 holds, so a seed decides a selection on every machine. `x = k ln 2 + r` with
/// `|r| ≤ ln 2 / 2`, a Taylor polynomial of degree 13 for `e^r` (its remainder is below 5e-18), then a scaling by
/// `2^k`. The error is a few units in the last place.
package func exponential(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    guard x < 709.79 else { return .infinity }
    guard x > -745.2 else { return 0 }
    // Adding and taking away 1.5 · 2^52 rounds to a whole number; `rounded()` would call the C library.
    let k = (x * 1.4426950408889634 + 0x1.8p52) - 0x1.8p52
    // ln 2 in two parts: the first has so few digits that k times it is exact.
    let r = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10
    // Horner's scheme, written out: a loop over the factors would look them up for every score.
    var sum = 1 + r * (1 / 13)
    sum = 1 + r * (1 / 12) * sum
    sum = 1 + r * (1 / 11) * sum
    sum = 1 + r * (1 / 10) * sum
    sum = 1 + r * (1 / 9) * sum
    sum = 1 + r * (1 / 8) * sum
    sum = 1 + r * (1 / 7) * sum
    sum = 1 + r * (1 / 6) * sum
    sum = 1 + r * (1 / 5) * sum
    sum = 1 + r * (1 / 4) * sum
    sum = 1 + r * (1 / 3) * sum
    sum = 1 + r * (1 / 2) * sum
    sum = 1 + r * sum
    // 2^k may lie outside the range of Double where the product does not: two steps.
    let power = Int(k)
    let half = power / 2
    return sum * powerOfTwo(half) * powerOfTwo(power - half)
}

/// 2 to the power `exponent`, from -1022 to 1023, by its bits.
private func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
}
