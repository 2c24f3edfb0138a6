/// The natural logarithm of `x`, from additions, multiplications and one division.
///
/// Written out for the reason given at `exponential`. `x = m · 2^k` with `m` near 1, `s = (m - 1) / (m + 1)`,
/// `ln m = 2 (s + s³/3 + s⁵/5 + … + s²³/23)`; `|s| ≤ 0.172`, so the remainder is below 1e-19.
/// Zero gives minus infinity, a negative number NaN.
package func naturalLogarithm(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
        mantissa /= 2
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    var odd = 23.0
    while odd >= 1 {
        series = series * square + 1 / odd
        odd -= 2
    }
    return exponent * 0.693147180369123816490 + (2 * s * series + exponent * 1.90821492927058770002e-10)
}
