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

func + (left: [Double], right: [Double]) -> [Double] { zip(left, right).map { $0 + $1 } }

func + (left: [[Double]], right: [[Double]]) -> [[Double]] { zip(left, right).map { $0 + $1 } }

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
