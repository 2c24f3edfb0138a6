// swift-tools-version: 6.2
import PackageDescription

/// The same strictness everywhere: a file's imports are its debts, an existential is written as one.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// One layer of the house (docs/architecture.md). `scripts/check-layers` holds the sources to the same arrows.
func layer(
    _ name: String, needs: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: needs, resources: resources, swiftSettings: strict)
}

/// The tests of one layer; every suite may use `Support`.
func tests(_ name: String, needs: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: needs + ["Support"], path: "Tests/\(name)Tests", swiftSettings: strict)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let serverTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "muster",
    products: [.executable(name: "muster", targets: ["muster"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // words
        layer("Core"),
        // mathematics
        layer("Gating"),
        .target(name: "CKernels", path: "Sources/Kernels/C"),
        .target(name: "Kernels", dependencies: ["CKernels"], path: "Sources/Kernels/Swift", swiftSettings: strict),
        // decisions
        layer("Routing", needs: ["Core", "Gating"]),
        layer("Aggregation", needs: ["Core", "Gating"]),
        // the outside world
        layer("Engine", needs: ["Gating", "Kernels"]),
        .systemLibrary(
            name: "CCurl", path: "Sources/Transport/CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "Transport", dependencies: ["CCurl"], path: "Sources/Transport/Swift", swiftSettings: strict),
        .target(name: "CSandbox", path: "Sources/Sandbox/C"),
        .target(name: "Sandbox", dependencies: ["CSandbox"], path: "Sources/Sandbox/Swift", swiftSettings: strict),
        layer("Experts", needs: ["Core", "Transport", "Engine", "Kernels"]),
        layer("Settings", needs: ["Core", yams]),
        layer("Store", needs: ["Core", grdb]),
        // the journey
        layer("Pipeline", needs: ["Core", "Routing", "Aggregation"]),
        // doors
        .target(name: "CDashboard", path: "Sources/Dashboard", exclude: ["page"]),
        layer(
            "Server",
            needs: [
                "Core", "Pipeline", "CDashboard", hummingbird, httpTypes, nio, nioPosix, nioHTTP, logging, metrics,
                lifecycle, crypto,
            ]),
        layer("Bench", needs: ["Core", "Routing", "Aggregation", "Pipeline", crypto]),
        // assembly
        .executableTarget(
            name: "muster",
            dependencies: [
                "Core", "Gating", "Kernels", "Routing", "Aggregation", "Engine", "Transport", "Experts", "Settings",
                "Sandbox", "Store", "Pipeline", "Server", "Bench", arguments, crypto, logging, metrics, lifecycle,
                signals,
            ],
            swiftSettings: strict),
        // tests
        .target(name: "Support", dependencies: ["Core"], path: "Tests/Support", swiftSettings: strict),
        tests("Core", needs: ["Core"]),
        tests("Gating", needs: ["Gating"]),
        tests("Kernels", needs: ["Kernels"]),
        tests("Engine", needs: ["Engine", "Kernels"]),
        tests("Routing", needs: ["Core", "Routing"]),
        tests("Aggregation", needs: ["Core", "Aggregation"]),
        tests("Pipeline", needs: ["Core", "Routing", "Aggregation", "Pipeline"]),
        tests("Transport", needs: ["Transport"]),
        tests("Experts", needs: ["Core", "Transport", "Experts"]),
        tests("Settings", needs: ["Core", "Settings", yams]),
        tests("Store", needs: ["Core", "Store", grdb]),
        tests(
            "Server",
            needs: ["Core", "Server", hummingbird, serverTesting, httpTypes, nio, nioPosix, logging, lifecycle]),
        tests("Sandbox", needs: ["Sandbox"]),
        tests("Bench", needs: ["Core", "Routing", "Aggregation", "Pipeline", "Settings", "Bench"]),
        tests("EndToEnd", needs: ["Transport", "muster"]),
    ]
)
