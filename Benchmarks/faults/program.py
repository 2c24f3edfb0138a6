"""The built program with a configuration of its own, and what can be seen of it from outside."""

import asyncio
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def deaf_port():
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(ports, deaf):
    """Experts for each lane, at its own ports, so that one lane's failures never rest another's experts: `sick`, `ill`,
    `bad` without further tries, `again` with one, `slow` with short clocks, one for each wire; and routes over them. At
    the first port they are all well."""
    clocks = "{connect: 10s, first_token: 20s, idle: 20s, total: 60s}"
    short = "{connect: 2s, first_token: 400ms, idle: 400ms, total: 3s}"
    lines = ["store: {path: store.sqlite}", "experts:"]
    lanes = range(len(ports) // 3)

    def expert(name, port, kind="openai", retries=0, clocks=clocks):
        base = f"http://127.0.0.1:{port}" + ("" if kind == "ollama" else "/v1")
        lines.append(f"  {name}: {{kind: {kind}, base_url: \"{base}\", model: {name}, clocks: {clocks}, "
                     f"limits: {{concurrent: 64, retries: {retries}}}}}")

    for name in ("well-1", "well-2", "well-3"):
        expert(name, ports[0])
    expert("deaf", deaf)
    for lane in lanes:
        own = ports[1 + 3 * lane:]
        for name, port in zip(("sick", "ill", "bad"), own):
            expert(f"{name}-{lane}", port)
        port = own[0]
        expert(f"again-{lane}", port, retries=1)
        expert(f"slow-{lane}", port, clocks=short)
        expert(f"anthropic-{lane}", port, kind="anthropic")
        expert(f"ollama-{lane}", port, kind="ollama")
    lines.append("routing:")
    members = {"backup": "[sick-{0}]", "late": "[slow-{0}]", "vote": "[sick-{0}, well-1, well-2]",
               "all": "[sick-{0}, ill-{0}, bad-{0}]"}
    for lane in lanes:
        for name, who in members.items():
            lines.append(f"  {name}-{lane}: {{strategy: fixed, members: {who.format(lane)}}}")
    lines += ["  deaf: {strategy: fixed, members: [deaf]}", "routes:"]
    for lane in lanes:
        for name in members:
            fallback = ", fallback: well-3" if name in ("backup", "late") else ""
            lines.append(f"  {name}-{lane}: {{routing: {name}-{lane}{fallback}}}")
    lines.append("  deaf-backup: {routing: deaf, fallback: well-3}")
    return "\n".join(lines) + "\n"


class Program:
    """`muster serve` in a folder of its own."""

    def __init__(self, path, configuration):
        self.path = pathlib.Path(path).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-faults-"))
        (self.folder / "config.yaml").write_text(configuration)
        os.symlink(ROOT / "Skills", self.folder / "Skills")
        self.process = None
        self.port = None
        self.samples = []

    async def start(self):
        """Also starts it again after its end; the store stays."""
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        log = open(self.folder / "errors", "ab")
        self.process = subprocess.Popen(
            [self.path, "serve", "--port", "0", "--port-file", "port"], cwd=self.folder, stderr=log, stdout=log,
            env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
        until = time.monotonic() + 30
        while not (port_file.exists() and port_file.read_text()):
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"muster does not start: {self.errors()}")
            await asyncio.sleep(0.02)
        self.port = int(port_file.read_text())

    def errors(self):
        return (self.folder / "errors").read_text(errors="replace")[-2000:]

    @property
    def is_alive(self):
        return self.process.poll() is None

    def resident(self):
        """MiB in memory now."""
        try:
            for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS"):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return 0.0

    async def watch_memory(self, seconds=0.25):
        began = time.monotonic()
        while True:
            self.samples.append((time.monotonic() - began, self.resident()))
            await asyncio.sleep(seconds)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        """Its exit status; the folder is gone afterwards."""
        if self.is_alive:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.process.returncode
