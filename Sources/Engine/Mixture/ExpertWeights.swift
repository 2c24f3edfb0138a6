/// The matrices of one weight expert.
struct ExpertWeights {
    let expert: Int
    let gate: StoredMatrix
    let up: StoredMatrix
    let down: StoredMatrix
}
