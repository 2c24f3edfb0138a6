/// A place for one sequence: its cache, and the answer that is made in it.
final class GenerationSlot {
    let cache: KeyValueCache

    /// The tokens whose keys and values the cache holds.
    private(set) var tokens: [Int] = []

    /// The steering they were computed with.
    private var steering: SteeringPlan?

    /// The answer in the making; nil while the slot is free.
    private(set) var job: GenerationJob?

    /// When the slot was last given an answer; the longest unused is given away first.
    private(set) var lastUse = 0

    init(cache: KeyValueCache) { self.cache = cache }

    /// How much of a prompt the cache holds already. The last token is read anew in any case: its scores are needed.
    func reusable(for request: GenerationRequest) -> Int {
        guard steering == request.steering else { return 0 }
        let shared = zip(tokens, request.prompt).prefix { $0 == $1 }.count
        return min(shared, request.prompt.count - 1)
    }

    /// Begins an answer, keeping what its prompt shares with what is there.
    func begin(_ job: GenerationJob, use: Int) {
        let kept = reusable(for: job.request)
        job.cached = kept
        tokens.removeSubrange(kept...)
        cache.truncate(to: kept)
        steering = job.request.steering
        lastUse = use
        self.job = job
    }

    /// The tokens that the next pass takes in: what is left of the prompt, at most `most`, or the token written last.
    func waiting(most: Int) -> ArraySlice<Int> {
        guard let job else { return [] }
        if let next = job.next { return [next] }
        return job.request.prompt[tokens.count...].prefix(most)
    }

    /// Whether the prompt is still being read.
    var isReading: Bool { job.map { $0.next == nil } ?? false }

    /// Notes that a pass has taken `taken` in.
    func advance(by taken: ArraySlice<Int>) {
        tokens.append(contentsOf: taken)
        cache.truncate(to: tokens.count)
    }

    /// Leaves the answer; what the cache holds stays for a prompt that begins alike.
    func finish() { job = nil }
}
