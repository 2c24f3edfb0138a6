import Core

/// A call whose expert has begun to answer. Dropping it hangs up.
struct OpenCall: Sendable {
    let expert: any Expert
    let planned: AttemptPlan.Try
    let delivery: Delivery
    let slip: CallSlip
    let reservation: BudgetMeter.Reservation
    /// From the question's arrival until it was asked.
    let startSeconds: Double
    var assembly: AnswerAssembly
    let stream: AnswerStream
    /// What came up to the first piece that shows something, that one included.
    var beginning: [AnswerPiece] = []
    /// The stream has ended already.
    var isOver = false
    /// Something of the answer itself has come: text or a call.
    var hasSpoken = false

    /// Pulls until there is something to see: up to then another expert may still take over unnoticed.
    mutating func readBeginning() async throws {
        while !isOver {
            guard let piece = try await stream.nextPiece() else {
                isOver = true
                return
            }
            take(piece)
            beginning.append(piece)
            if piece.shows { return }
        }
    }

    mutating func take(_ piece: AnswerPiece) {
        assembly.add(piece)
        hasSpoken = hasSpoken || piece.speaks
    }
}
