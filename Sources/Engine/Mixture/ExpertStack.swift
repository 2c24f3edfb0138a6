/// The matrices of all weight experts of one layer, as the file stacks them.
struct ExpertStack: Sendable {
    let shape: ExpertShape
    let gate: StoredMatrix
    let up: StoredMatrix
    let down: StoredMatrix

    /// The matrices of one of them.
    subscript(expert: Int) -> ExpertWeights {
        ExpertWeights(
            expert: expert, gate: gate.slice(expert, rows: shape.inner), up: up.slice(expert, rows: shape.inner),
            down: down.slice(expert, rows: shape.width))
    }
}
