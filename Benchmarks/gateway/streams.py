#!/usr/bin/env python3
"""Thousands of streams through Muster at once: is each event there, in order and in time, and what does it cost?

The upstream (streams-upstream.c) answers every request with server-sent events at a steady pace, each stamped with its
stream, its number and the time it was written. The client (streams-client.c) opens streams steadily until all are held
at once, checks every event, and notes when each came. It asks the upstream directly, then Muster (`model` is an
expert's id, the store in memory); every stream has its own connection. All on 127.0.0.1.

    first_event_added_ms  median time from the request to its first event through Muster − the same asked directly
    transit_added_ms      median time from an event's being written to its being read − the same directly
    lost_or_reordered     events that did not follow the one before them; must be 0, as must `foreign` and `broken`
    resident_mb           most memory that Muster held, as the kernel counts it (VmHWM)
    cpu_us_per_event      processor time of Muster for each event passed on
"""

import argparse
import json
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

import process_figures

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

CONFIG = """\
server: {{host: 127.0.0.1, port: 0}}
store: {{path: ":memory:"}}
skills: {{folder: "{skills}"}}
experts:
  mock:
    base_url: "http://127.0.0.1:{port}/v1"
    model: mock-model
    limits: {{concurrent: {concurrent}}}
"""


def compiled(name, folder):
    program = folder / name
    subprocess.run(["cc", "-O2", "-o", program, HERE / f"{name}.c"], check=True)
    return program


def client(program, port, options):
    run = subprocess.run(
        [program, str(port), "mock", str(options.streams), str(options.events), str(options.per_second)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
    if not run.stdout.startswith("{"):
        raise SystemExit(f"bench-streams: the client: {run.stderr[-1000:]}")
    return {**json.loads(run.stdout), "complaints": run.stderr.splitlines()[:5]}


def high_water(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0


def main():
    parser = argparse.ArgumentParser(
        prog="bench-streams", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--streams", type=int, default=2000, help="held at once (default 2000)")
    parser.add_argument("--events", type=int, default=200, help="of each stream (default 200)")
    parser.add_argument("--pace", type=float, default=100, help="ms between two events of a stream (default 100)")
    parser.add_argument("--per-second", type=float, default=200, help="streams opened in a second (default 200)")
    parser.add_argument("--program", default=str(ROOT / ".build/release/muster"))
    options = parser.parse_args()
    if options.streams / options.per_second > options.events * options.pace / 1000:
        parser.error("the first stream would end before the last one begins: raise --events, --pace or --per-second")
    wanted = 4 * options.streams + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise SystemExit(f"bench-streams: {wanted} open files are needed, this system allows {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    processes = []
    with tempfile.TemporaryDirectory(prefix="bench-streams-") as name:
        folder = pathlib.Path(name)
        try:
            ask, answer = compiled("streams-client", folder), compiled("streams-upstream", folder)
            upstream = subprocess.Popen(
                [answer, str(options.events), str(options.pace)], stdout=subprocess.PIPE, text=True)
            processes.append(upstream)
            port = int(upstream.stdout.readline())
            config = folder / "config.yaml"
            config.write_text(CONFIG.format(skills=ROOT / "Skills", port=port, concurrent=options.streams + 100))
            port_file = folder / "port"
            log = open(folder / "log", "wb")
            muster = subprocess.Popen(
                [options.program, "serve", "--config", config, "--port", "0", "--port-file", port_file], stdout=log,
                stderr=log, stdin=subprocess.DEVNULL)
            processes.append(muster)
            until = time.monotonic() + 30
            while not (port_file.exists() and port_file.read_text().strip()):
                if muster.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"bench-streams: muster does not start: {(folder / 'log').read_text()[-2000:]}")
                time.sleep(0.02)
            served = int(port_file.read_text())
            directly = client(ask, port, options)
            before = process_figures.processor_seconds(muster.pid)
            through = client(ask, served, options)
            used = process_figures.processor_seconds(muster.pid) - before
            memory = high_water(muster.pid)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
    said = {
        "first_event_added_ms": (through["first_p50"] - directly["first_p50"]) / 1000,
        "transit_added_ms": (through["transit_p50"] - directly["transit_p50"]) / 1000,
        "streams_at_once": through["most_at_once"], "complete": through["complete"],
        "lost_or_reordered": through["lost_or_reordered"], "foreign": through["foreign"], "broken": through["broken"],
        "resident_mb": round(memory, 1),
        "cpu_us_per_event": round(used * 1e6 / through["events"], 1) if through["events"] else None,
        "directly": directly, "through_muster": through,
        "streams": options.streams, "events": options.events, "pace_ms": options.pace,
    }
    if options.json:
        print(json.dumps(said, indent=1))
    else:
        for key, value in said.items():
            print(f"{key} {value}")
    good = through["complete"] == options.streams and through["events"] == options.streams * options.events
    if not good or through["lost_or_reordered"] or through["foreign"] or through["broken"]:
        raise SystemExit("bench-streams: not every stream arrived whole and in order")


if __name__ == "__main__":
    main()
