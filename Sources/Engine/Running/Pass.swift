/// One run through the layers: the tokens that go through together, and where they belong.
final class Pass {
    /// One token of the pass.
    struct Row {
        let token: Int
        let position: Int
        let cache: KeyValueCache
        /// Changes to the gates' scores that this token's request asked for.
        var steering: SteeringPlan?
        /// Is told what the gates choose for it; nil when nobody asked.
        var recorder: RoutingRecorder?
    }

    let rows: [Row]
    let form: ActivationForm
    let bench: Workbench

    /// Whether nobody waits for the pass any more; asked between layers.
    let isAbandoned: () -> Bool

    private var tables: [ObjectIdentifier: ActivationRows] = [:]

    init(_ rows: [Row], form: ActivationForm, bench: Workbench, isAbandoned: @escaping () -> Bool = { false }) {
        self.rows = rows
        self.form = form
        self.bench = bench
        self.isAbandoned = isAbandoned
    }

    /// The angles of the rows' positions; made before the layers, since rows of a layer are taken back after it.
    func prepare(_ rotations: [RotaryEmbedding]) {
        let positions = rows.map(\.position)
        for rotation in rotations where tables[ObjectIdentifier(rotation)] == nil {
            tables[ObjectIdentifier(rotation)] = rotation.table(of: positions, memory: bench.memory)
        }
    }

    /// The angles that `prepare` made.
    func table(of rotation: RotaryEmbedding) -> ActivationRows {
        guard let table = tables[ObjectIdentifier(rotation)] else {
            preconditionFailure("a rotation is prepared before the layers run")
        }
        return table
    }
}
