#!/usr/bin/env python3
"""Requests per second and latency of Muster beside nginx as a plain proxy, in front of the same upstream.

Five ways to the same answer, each its own service on 127.0.0.1, all up all the time, asked in turn:

    direct       the upstream itself: nginx that returns one static chat completion
    nginx        nginx as a proxy in front of it: keep-alive both ways, 64 upstream connections kept by each worker
    passthrough  muster serve, `model` is an expert's id, the store in memory
    routing      muster serve, `model: auto`: lexical skill routing with profiles, one seat, traces written to a file
    litellm      with --litellm: LiteLLM's proxy, one worker

wrk posts one body over and over at each number of connections. A round asks all ways; the order turns from round to
round, ratios are taken within a round, and what is reported is the median of the rounds. `cpu_us` is the processor time
that the service itself used for a request (the upstream's and wrk's not counted), which stays the same on a busy
machine. Every answer must have status 200, or the program ends with 1.

    muster_over_nginx_64     requests/s at 64 connections, passthrough ÷ nginx
    routing_over_passthrough requests/s at 64 connections, routing ÷ passthrough
    added_p50_ms_1           at one connection: median latency of passthrough − median latency of direct, in ms
    nginx_added_p50_ms_1     the same for nginx
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import litellm_service
import nginx_service
import process_figures
import samples

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

SERVED = """\
server: {{host: 127.0.0.1, port: 0}}
store: {{path: "{store}"}}
skills: {{folder: "{skills}"}}
experts:
  mock:
    {answers}
    limits: {{concurrent: 1024}}
routing:
  one: {{strategy: skill, seats: 1, seed: 7}}
routes:
  auto: {{routing: one, fallback: mock}}
"""


class Services:
    """What runs for the benchmark; all of it ends with it."""

    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.processes = {}
        self.ports = {}

    def start(self):
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        workers = os.cpu_count()
        self.ports["direct"], self.processes["direct"] = nginx_service.upstream(
            nginx, self.folder / "upstream", samples.answer(), workers)
        target = self.ports["direct"]
        self.ports["nginx"], self.processes["nginx"] = nginx_service.proxy(
            nginx, self.folder / "proxy", target, workers)
        self.muster("passthrough", ":memory:")
        self.muster("routing", self.folder / "routing.sqlite")
        if self.options.litellm:
            found = litellm_service.start(self.folder / "litellm", target)
            if found:
                self.ports["litellm"], self.processes["litellm"] = found

    def muster(self, way, store):
        folder = self.folder / way
        folder.mkdir()
        frame = {"store": store, "skills": ROOT / "Skills"}
        config = folder / "config.yaml"
        if way == "routing":
            # Profiles: the expert's marks are those of a scripted one with the same id and model.
            config.write_text(SERVED.format(
                **frame, answers='kind: scripted\n    model: mock-model\n    script: {knows: {"*": 0.8}}'))
            subprocess.run(
                [self.options.program, "profile", "build", "--config", config, "--limit", "4"], check=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        config.write_text(SERVED.format(
            **frame, answers=f'base_url: "http://127.0.0.1:{self.ports["direct"]}/v1"\n    model: mock-model'))
        port_file = folder / "port"
        log = open(folder / "log", "wb")
        process = subprocess.Popen(
            [self.options.program, "serve", "--config", config, "--port", "0", "--port-file", port_file], stdout=log,
            stderr=log, stdin=subprocess.DEVNULL)
        self.processes[way] = process
        for _ in range(1500):
            if port_file.exists() and port_file.read_text().strip():
                break
            if process.poll() is not None:
                raise SystemExit(f"bench-gateway: muster ended at once: {(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        self.ports[way] = int(port_file.read_text())
        nginx_service.wait_for(self.ports[way], process, f"muster ({way})")

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ask(services, way, connections, seconds, body):
    """One run of wrk against one service."""
    pid = services.processes[way].pid
    before = process_figures.processor_seconds(pid)
    run = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", HERE / "post.lua",
         f"http://127.0.0.1:{services.ports[way]}/v1/chat/completions", "--", body], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=seconds + 60, text=True)
    used = process_figures.processor_seconds(pid) - before
    lines = [line for line in run.stderr.splitlines() if line.startswith("{")]
    if run.returncode != 0 or not lines:
        raise SystemExit(f"bench-gateway: wrk against {way}: {run.stdout[-500:]} {run.stderr[-500:]}")
    said = json.loads(lines[-1])
    answers = said["requests"]
    failures = {name: said[name] for name in ("connect", "read", "write", "status", "timeout") if said[name]}
    if answers == 0:
        failures["no_answer"] = 1
    return {
        "way": way, "connections": connections, "requests": answers,
        "requests_per_second": round(answers / (said["duration"] / 1e6), 1) if said["duration"] else 0,
        "p50_ms": said["p50"] / 1000, "p90_ms": said["p90"] / 1000, "p99_ms": said["p99"] / 1000,
        "longest_ms": said["longest"] / 1000, "cpu_us": round(used * 1e6 / answers, 1) if answers else None,
        "resident_mb": round(process_figures.resident_bytes(pid) / 1e6, 1), "failures": failures,
    }


def measure(services, options, bodies):
    runs = []
    ways = list(services.ports)
    for way in ways:  # connections made, pages touched; not counted
        ask(services, way, 16, 1, bodies[way])
    for number in range(options.rounds):
        for connections in options.connections:
            turn = number % len(ways)
            for way in ways[turn:] + ways[:turn]:
                run = ask(services, way, connections, options.seconds, bodies[way])
                runs.append({"round": number, **run})
                if not options.json:
                    print(f"round {number + 1}  {way:<12}{connections:>4} connections {run['requests_per_second']:>10,.0f}"
                          f"/s  p50 {run['p50_ms']:8.3f} ms  p99 {run['p99_ms']:8.3f} ms  {run['cpu_us'] or 0:>7} µs each"
                          + (f"  FAILURES {run['failures']}" if run["failures"] else ""), flush=True)
    return runs


def figures(runs):
    """Medians over the rounds of what each round says."""
    rounds = sorted({run["round"] for run in runs})
    table = {(run["round"], run["way"], run["connections"]): run for run in runs}
    ways = list(dict.fromkeys(run["way"] for run in runs))
    counts = list(dict.fromkeys(run["connections"] for run in runs))

    def median(of):
        values = [value for value in map(of, rounds) if value is not None]
        return round(statistics.median(values), 4) if values else None

    def ratio(way, other, connections):
        def once(number):
            below = table[number, other, connections]["requests_per_second"]
            return table[number, way, connections]["requests_per_second"] / below if below else None

        return median(once)

    def added(way):
        return median(lambda n: table[n, way, 1]["p50_ms"] - table[n, "direct", 1]["p50_ms"])

    found = {}
    for count in counts:
        found[f"muster_over_nginx_{count}"] = ratio("passthrough", "nginx", count)
        found[f"routing_over_passthrough_{count}"] = ratio("routing", "passthrough", count)
        if "litellm" in ways:
            found[f"muster_over_litellm_{count}"] = ratio("passthrough", "litellm", count)
    if 64 in counts:
        found["routing_over_passthrough"] = found["routing_over_passthrough_64"]
    if 1 in counts:
        found["added_p50_ms_1"] = added("passthrough")
        found["routing_added_p50_ms_1"] = added("routing")
        found["nginx_added_p50_ms_1"] = added("nginx")
    found["medians"] = [
        {"way": way, "connections": count,
         **{name: median(lambda n: table[n, way, count][name])
            for name in ("requests_per_second", "p50_ms", "p99_ms", "cpu_us", "resident_mb")}}
        for count in counts for way in ways]
    return found


def main():
    parser = argparse.ArgumentParser(
        prog="bench-gateway", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON only: figures, medians, every run")
    parser.add_argument("--seconds", type=int, default=5, help="of each run of wrk (default 5)")
    parser.add_argument("--rounds", type=int, default=3, help="(default 3)")
    parser.add_argument("--connections", default="1,64,512", help="(default 1,64,512)")
    parser.add_argument("--body", choices=["1KB", "400KB"], default="1KB", help="what is posted (default 1KB)")
    parser.add_argument("--litellm", action="store_true", help="LiteLLM, too; made ready by scripts/bench-gateway")
    parser.add_argument("--program", default=str(ROOT / ".build/release/muster"))
    options = parser.parse_args()
    options.connections = [int(count) for count in options.connections.split(",")]
    if min(options.seconds, options.rounds, *options.connections) < 1:
        parser.error("numbers are at least 1")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="bench-gateway-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)  # nginx's workers are another user's when root starts it
        services = Services(options, folder)
        try:
            services.start()
            size = 1000 if options.body == "1KB" else 400_000
            bodies = {}
            for way in services.ports:
                bodies[way] = folder / f"{way}.json"
                bodies[way].write_bytes(samples.body("auto" if way == "routing" else "mock", size))
            runs = measure(services, options, bodies)
        finally:
            services.stop()
    found = figures(runs)
    failed = [run for run in runs if run["failures"]]
    said = {**found, "body_bytes": len(samples.body("mock", size)), "seconds": options.seconds,
            "rounds": options.rounds, "cores": os.cpu_count(), "runs": runs}
    if options.json:
        print(json.dumps(said, indent=1))
    else:
        print()
        for row in found["medians"]:
            print(f"median   {row['way']:<12}{row['connections']:>4} connections {row['requests_per_second']:>10,.0f}/s"
                  f"  p50 {row['p50_ms']:8.3f} ms  p99 {row['p99_ms']:8.3f} ms  {row['cpu_us'] or 0:>7} µs each"
                  f"  {row['resident_mb']:>7} MB")
        for name, value in found.items():
            if name != "medians":
                print(f"{name} {value}")
    if failed:
        raise SystemExit(f"bench-gateway: {len(failed)} runs had answers other than 200, or none; see FAILURES")


if __name__ == "__main__":
    main()
