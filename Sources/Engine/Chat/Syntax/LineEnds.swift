/// Makes every line end `\n`, and takes one from the end of the template, as Jinja does before anything else.
enum LineEnds {
    static func normalised(_ source: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(source.utf8.count)
        var previous: Unicode.Scalar = " "
        for scalar in source.unicodeScalars {
            if scalar == "\r" {
                result.append("\n")
            } else if !(scalar == "\n" && previous == "\r") {
                result.append(scalar)
            }
            previous = scalar
        }
        if result.last == "\n" { result.removeLast() }
        return result
    }
}
