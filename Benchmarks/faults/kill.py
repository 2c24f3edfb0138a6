"""kill -9 under load: asks many questions at once, whole and streamed, kills the program, starts it again, and looks in
the store for every answer that a client had in hand. An answer is missing at most if it was delivered within the window
before the kill, because traces are written in batches behind the answers.

    scripts/kill-under-load [--rounds 10] [--clients 32] [--seconds 2] [--window 1]
"""

import argparse
import asyncio
import itertools
import random
import sqlite3
import sys
import time

from program import ROOT, Program, configuration, deaf_port
from reading import Wrong, exchange, get, post, question, read
from upstream import PIECES, SICK, Upstream, drip, good_stream, good_whole, is_streamed, pause, send


class Round:
    """One life of the program: what was delivered when, and when it was killed."""

    def __init__(self, program):
        self.program = program
        self.delivered = {}
        self.in_flight = 0
        self.flaws = []
        self.killed = None

    async def client(self, serial):
        while self.killed is None:
            number = next(serial)
            model = random.choice(["well-1", "vote-0", "backup-0", "sick-0"])
            self.in_flight += 1
            try:
                data = await exchange(self.program.port, post(question(model, number, number % 2 == 0)))
                answer = read(data)
                if answer.code is None:
                    self.delivered[answer.id] = time.monotonic()
                elif self.killed is None:
                    self.flaws.append(f"{answer.code}: {answer.message}")
            except (Wrong, OSError, UnicodeDecodeError) as why:
                if self.killed is None:
                    self.flaws.append(str(why))
            finally:
                self.in_flight -= 1


# Each looks at the files after the kill and says what is wrong; budgets of client keys belong here too, when there are any.
def store_is_whole(path, _):
    with sqlite3.connect(path) as store:
        word = store.execute("PRAGMA integrity_check").fetchone()[0]
    return [] if word == "ok" else [f"integrity_check: {word}"]


def answers_are_kept(path, life):
    with sqlite3.connect(path) as store:
        kept = {row[0] for row in store.execute("SELECT id FROM traces")}
    life.missing = sorted(life.killed - at for name, at in life.delivered.items() if name not in kept)
    oldest = life.missing[-1] if life.missing else 0
    return [f"an answer delivered {oldest:.3f} s before the kill is not in the store"] if oldest > options.window else []


CHECKS = [store_is_whole, answers_are_kept]


async def main():
    upstream = Upstream()
    await upstream.start(1)

    def script(body, _):
        data = good_stream() if is_streamed(body) else good_whole()
        return [pause(random.random() * 0.02), drip(data, 200, 0.001)] if random.random() < 0.5 else [send(data)]

    upstream.steps = lambda token, model, body, count: script(body, count)
    program = Program(options.program, configuration(upstream.ports, deaf_port()))
    path = program.folder / "store.sqlite"
    serial, wrong, delivered, missing, in_flight = itertools.count(1), [], 0, [], 0
    try:
        for number in range(options.rounds):
            await program.start()
            life = Round(program)
            clients = [asyncio.create_task(life.client(serial)) for _ in range(options.clients)]
            await asyncio.sleep(options.seconds * (0.5 + random.random()))
            in_flight += life.in_flight
            life.killed = time.monotonic()
            program.kill()
            await asyncio.gather(*clients)
            wrong += life.flaws + [word for check in CHECKS for word in check(path, life)]
            delivered += len(life.delivered)
            missing += life.missing
            # The program opens what it left behind, and finds its own traces in it.
            await program.start()
            kept = [name for name, at in life.delivered.items() if life.killed - at > options.window][-20:]
            for name in kept:
                status, _ = await get(program.port, f"/v1/traces/{name}")
                if status != 200:
                    wrong.append(f"after the kill GET /v1/traces/{name} is {status}")
            answer = read(await exchange(program.port, post(question("well-1", next(serial), False))))
            if answer.text != SICK:
                wrong.append(f"after the kill it answers {answer.status}")
            program.kill()
    finally:
        program.end()
    oldest = max(missing, default=0)
    print(f"{options.rounds} kills with {options.clients} clients: {delivered} answers delivered, {in_flight} in flight, "
          f"{len(missing)} delivered ones not in the store ({len(missing) / options.rounds:.1f} a kill), the oldest of them "
          f"{max(0, oldest) * 1000:.0f} ms before the kill; {len(wrong)} wrong")
    for word in wrong[:20]:
        print(f"wrong: {word}")
    return 1 if wrong else 0


parser = argparse.ArgumentParser(prog="scripts/kill-under-load", description=__doc__)
parser.add_argument("--program", default=ROOT / ".build/release/muster")
parser.add_argument("--rounds", type=int, default=10)
parser.add_argument("--clients", type=int, default=32)
parser.add_argument("--seconds", type=float, default=2, help="of load before a kill, on average")
parser.add_argument("--window", type=float, default=1, help="seconds before the kill within which a trace may be lost")
options = parser.parse_args()
sys.exit(asyncio.run(main()))
