import Foundation

// The arithmetic of the plain twin: rows of doubles, one formula after another.

func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
}

/// A matrix, row by row, times a column.
func * (matrix: [[Double]], column: [Double]) -> [Double] { matrix.map { dot($0, column) } }

func * (factor: Double, row: [Double]) -> [Double] { row.map { factor * $0 } }

/// Number by number; named, since `+` puts one row behind the other.
func sum(_ left: [Double], _ right: [Double]) -> [Double] { left.indices.map { left[$0] + right[$0] } }

func sum(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] { left.indices.map { sum(left[$0], right[$0]) } }

func sigmoid(_ number: Double) -> Double { 1 / (1 + exp(-number)) }

func softmax(_ row: [Double]) -> [Double] {
    let highest = row.max() ?? 0
    let powers = row.map { exp($0 - highest) }
    return (1 / powers.reduce(0, +)) * powers
}

/// A row in pieces of one size.
func pieces(_ row: [Double], of size: Int) -> [[Double]] {
    stride(from: 0, to: row.count, by: size).map { Array(row[$0..<$0 + size]) }
}
