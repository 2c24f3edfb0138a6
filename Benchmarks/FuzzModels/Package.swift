// swift-tools-version: 6.2
import PackageDescription

/// The local engine once more, from the same sources by way of links, built to be fed damaged model files: under the
/// address sanitizer, the C part under the undefined-behaviour sanitizer too. `scripts/fuzz-models` builds and runs it.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Undefined behaviour stops the program at once, which needs no library of its own.
let trapped = CSetting.unsafeFlags([
    "-fsanitize=undefined,float-cast-overflow", "-fsanitize-trap=undefined,float-cast-overflow",
])

let package = Package(
    name: "fuzz-models",
    targets: [
        .target(name: "Gating", swiftSettings: strict),
        .target(name: "CKernels", cSettings: [trapped]),
        .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: strict),
        .target(name: "Engine", dependencies: ["Gating", "Kernels"], swiftSettings: strict),
        .target(name: "Support", swiftSettings: strict),
        .executableTarget(name: "fuzz-models", dependencies: ["Engine", "Support"], swiftSettings: strict),
    ]
)
