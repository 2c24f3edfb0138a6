"""Memory over time: a fixed rate of questions at half of what the set-up bears, a share of them with injected faults or
clients that leave; the resident size every few seconds, as a CSV file and a curve. Fails if a sample after the first
tenth is further than the bound from their median.

    scripts/soak [--minutes 20] [--rate N] [--faults 0.2] [--bound 0.05] [--output FOLDER]
"""

import argparse
import asyncio
import collections
import itertools
import pathlib
import random
import statistics
import sys
import time

import catalogue
from program import ROOT, Program, configuration, deaf_port
from reading import Wrong, exchange, post, question, read
from upstream import Upstream

# What takes long or much by design is left to scripts/faults.
TOO_LONG = ("wait/", "silence/", "drip/", "body/40 MiB", "body/gzip", "after/", "chunks/endless", "head/endless", "body/long")
MODELS = ["well-1", "sick", "backup", "vote", "again", "anthropic", "ollama"]


class Load:
    def __init__(self, program, upstream, random_source):
        self.program, self.upstream, self.random = program, upstream, random_source
        self.faults = [fault for fault in catalogue.everything() if not fault.name.startswith(TOO_LONG)]
        self.outcomes = collections.Counter()
        self.serial = itertools.count(1)
        self.wrong = []

    async def ask(self, share, fault=None):
        token = next(self.serial)
        lane, stream = self.random.randrange(options.lanes), self.random.random() < 0.5
        model = self.random.choice(MODELS[:5])
        if fault or self.random.random() < share:
            fault = fault or self.random.choice(self.faults)
            model, stream = fault.wire or self.random.choice(MODELS[1:5]), fault.stream
            self.upstream.scripts[token] = lambda body, count: fault.steps
        name = model if model == "well-1" else f"{model}-{lane}"
        try:
            if self.random.random() < share / 10:
                return await self.leave(post(question(name, token, stream)))
            answer = read(await exchange(self.program.port, post(question(name, token, stream))))
            self.outcomes["answered" if answer.code is None else answer.code] += 1
        except (Wrong, OSError) as why:
            self.outcomes["WRONG"] += 1
            self.wrong.append(f"{name} {fault.name if fault else 'no fault'}: {why!r}")
        finally:
            self.upstream.scripts.pop(token, None)
            self.upstream.asked.pop(token, None)
            self.upstream.left.pop(token, None)

    async def leave(self, data):
        """A client that does not wait for its answer."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.program.port)
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(self.random.random() * 0.005)
        writer.transport.abort()
        self.outcomes["left"] += 1

    async def warm(self):
        """Every odd fault several times at once: what the largest of them need is then in memory from the beginning. Many
        kinds at once, because an expert that failed rests, and whoever asks it waits."""
        odd = [fault for fault in self.faults if not fault.kind.endswith("every byte")]
        for first in range(0, len(odd), 16):
            await asyncio.gather(*(self.ask(0, fault) for fault in odd[first:first + 16] for _ in range(8)))

    async def capacity(self, seconds, share):
        """Questions a second when as many as possible are asked, faults among them, in this set-up: client and upstream
        take their share. There are many clients, because some wait long without work for anybody."""
        until, count = time.monotonic() + seconds, 0

        async def one():
            nonlocal count
            while time.monotonic() < until:
                await self.ask(share)
                count += time.monotonic() < until

        await asyncio.gather(*(one() for _ in range(256)))
        return count / seconds

    async def steady(self, rate, seconds, share):
        began, tasks = time.monotonic(), set()
        for number in itertools.count():
            due = began + number / rate
            if due > began + seconds:
                break
            await asyncio.sleep(max(0, due - time.monotonic()))
            task = asyncio.create_task(self.ask(share))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)


def curve(samples):
    """An SVG of memory over minutes."""
    width, height, left, low = 720, 240, 50, 30
    most = max(mib for _, mib in samples) * 1.15
    span = max(seconds for seconds, _ in samples) or 1
    point = lambda seconds, mib: f"{left + seconds / span * (width - left - 10):.1f},{height - low - mib / most * (height - low - 10):.1f}"
    lines = " ".join(point(*sample) for sample in samples)
    ticks = "".join(f'<text x="{left - 6}" y="{height - low - value / most * (height - low - 10) + 4:.0f}" text-anchor="end">{value:.0f}</text>'
                    for value in (0, most / 2, most))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
            f'<rect width="{width}" height="{height}" fill="white"/>{ticks}<text x="{width - 10}" y="{height - 8}" text-anchor="end">'
            f'{span / 60:.1f} minutes; MiB resident</text><polyline fill="none" stroke="#06c" stroke-width="1.5" points="{lines}"/></svg>\n')


def bars(samples, width=60):
    step = max(1, len(samples) // 20)
    most = max(mib for _, mib in samples)
    return "\n".join(f"{seconds / 60:6.1f} min {mib:7.1f} MiB {'#' * round(mib / most * width)}" for seconds, mib in samples[::step])


async def bears(upstream):
    """Capacity, measured with a program of its own: memory is watched in one that was never asked so much."""
    program = Program(options.program, configuration(upstream.ports, deaf_port()))
    try:
        await program.start()
        return await Load(program, upstream, random.Random(options.seed)).capacity(30, options.faults)
    finally:
        program.end()


async def main():
    upstream = Upstream()
    await upstream.start(options.lanes)
    rate = options.rate
    if not rate:
        capacity = await bears(upstream)
        rate = capacity / 2
        print(f"the set-up bears {capacity:.0f} questions a second; {rate:.0f} a second are asked", flush=True)
    program = Program(options.program, configuration(upstream.ports, deaf_port()))
    load = Load(program, upstream, random.Random(options.seed))
    try:
        await program.start()
        await load.warm()
        load.outcomes.clear()
        program.samples.clear()
        watch = asyncio.create_task(program.watch_memory(5))
        await load.steady(rate, options.minutes * 60, options.faults)
        watch.cancel()
        is_alive = program.is_alive
    finally:
        program.end()
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.csv").write_text("seconds,mib\n" + "".join(f"{seconds:.1f},{mib:.1f}\n" for seconds, mib in program.samples))
    (folder / "soak.svg").write_text(curve(program.samples))
    settled = [mib for seconds, mib in program.samples[len(program.samples) // 10:]]
    middle = statistics.median(settled)
    deviation = max(abs(mib - middle) for mib in settled) / middle
    halves = [statistics.median(settled[:len(settled) // 2]), statistics.median(settled[len(settled) // 2:])]
    print(bars(program.samples))
    print(f"asked {sum(load.outcomes.values())}: " + ", ".join(f"{name} {count}" for name, count in load.outcomes.most_common()))
    print(f"median of the first half {halves[0]:.1f} MiB, of the second {halves[1]:.1f} MiB; largest deviation from the median "
          f"{deviation * 100:.1f} % after the first tenth; {folder}/soak.csv, {folder}/soak.svg")
    for word in load.wrong[:20]:
        print(f"wrong: {word}")
    if not is_alive:
        print("muster ended")
    return 0 if is_alive and not load.wrong and deviation <= options.bound else 1


parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
parser.add_argument("--program", default=ROOT / ".build/release/muster")
parser.add_argument("--minutes", type=float, default=20)
parser.add_argument("--rate", type=float, default=0, help="questions a second; half of what is measured if left out")
parser.add_argument("--faults", type=float, default=0.2, help="so much of the questions meet a fault")
parser.add_argument("--bound", type=float, default=0.05, help="how far a sample may be from the median")
parser.add_argument("--lanes", type=int, default=8)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--output", default=".build/soak")
options = parser.parse_args()
sys.exit(asyncio.run(main()))
