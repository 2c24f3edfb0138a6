import Core

/// Where an answer of a run belongs: a question's seat. The synthesis, if any, sits after the last seat.
struct RunPlace: Hashable, Sendable {
    var question: String
    var seat: Int
}

/// A place and what is asked for it.
struct RunJob: Sendable {
    var place: RunPlace
    var question: Question
}
