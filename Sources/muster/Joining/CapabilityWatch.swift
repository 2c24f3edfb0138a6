import Core
import Logging
import ServiceLifecycle

/// Takes up what `muster expert test` and `muster canary run` have found in another process.
struct CapabilityWatch: Service, CustomStringConvertible {
    let description = "capability watch"
    let assembly: Assembly
    let logger: Logger

    /// How often the store is looked at.
    static let pause = Duration.seconds(10)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await assembly.time.sleep(for: Self.pause)) != nil {
                do {
                    try await assembly.refreshCapabilities()
                    try await assembly.refreshCanaries()
                } catch {
                    logger.debug(
                        "what is known of experts stays as it is: \((error as? Fault)?.sentence ?? "\(type(of: error))")"
                    )
                }
            }
        }
    }
}
