import Bench
import Core
import Logging
import Pipeline
import ServiceLifecycle
import Settings

/// Asks canaries on schedule, and says when an expert falls or recovers.
struct CanaryWatch: Service, CustomStringConvertible {
    let description = "canaries"
    let assembly: Assembly
    let logger: Logger

    /// The shortest time between two looks: an expert that is away is not asked again at once.
    static let pause = Duration.seconds(60)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var wait = Self.pause
                do { wait = max(try await round(), min(Self.pause, every)) } catch is CancellationError {
                } catch {
                    logger.warning("canaries wait: \((error as? Fault)?.sentence ?? "\(type(of: error))")")
                }
                // What is configured may change meanwhile.
                guard (try? await assembly.time.sleep(for: min(wait, Self.pause))) != nil else { return }
            }
        }
    }

    private var every: Duration { assembly.now.settings.canaries?.every ?? Self.pause }

    /// Asks what is due; returns how long until something is.
    private func round() async throws -> Duration {
        guard let settings = assembly.now.settings.canaries else { return Self.pause }
        let run = assembly.canaryRun(settings)
        let (places, wait) = try await run.due(every: settings.every)
        for place in places {
            try Task.checkCancellation()
            guard let round = try await assembly.askCanaries(place, run) else { continue }
            logger.debug(
                "canaries",
                metadata: ["expert": "\(place.expert)", "skill": "\(place.skill)", "result": "\(round.result.text)"])
            let before = assembly.now.parts.canaries.book
            try await assembly.refreshCanaries()
            tell(from: before, to: assembly.now.parts.canaries.book, of: place)
        }
        return places.isEmpty ? wait : .zero
    }

    private func tell(from before: CanaryBook, to now: CanaryBook, of place: CanaryRun.Place) {
        let (was, stands) = (
            before.standing(of: place.expert, in: place.skill), now.standing(of: place.expert, in: place.skill)
        )
        let metadata: Logger.Metadata = [
            "expert": "\(place.expert)", "skill": "\(place.skill)", "before": "\(stands?.before.text ?? "")",
            "now": "\(stands?.now?.text ?? "")",
        ]
        switch (was?.demotedSince, stands?.demotedSince) {
        case (nil, .some): logger.warning("an expert is demoted: its canaries fell", metadata: metadata)
        case (.some, nil): logger.notice("an expert is recruited again: its canaries recovered", metadata: metadata)
        default: break
        }
    }
}
