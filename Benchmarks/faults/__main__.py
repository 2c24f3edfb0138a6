"""Runs every fault of the catalogue against the built program, through every door, and reads each answer as a client
would that believes nothing."""

import argparse
import asyncio
import collections
import dataclasses
import itertools
import random
import re
import sys
import time

import catalogue
import door
from program import ROOT, Program, configuration, deaf_port
from reading import Wrong, exchange, get, insist, post, question, read
from upstream import PIECES, SICK, WELL, Upstream, good


@dataclasses.dataclass
class Case:
    fault: catalogue.Fault
    door: str

    @property
    def name(self):
        return f"{self.fault.name}@{self.door}"


def doors(fault, is_cut):
    if fault.wire:
        return [fault.wire]
    if fault.slow:
        return ["slow", "late"]
    if fault.rest:
        return ["sick"]
    if is_cut:
        return ["sick", "backup", "vote"]
    if fault.kind == "split at every byte":
        return ["sick"]
    return ["sick", "again", "backup", "vote", "all"]


class Run:
    def __init__(self, program, upstream):
        self.program, self.upstream = program, upstream
        self.serial = itertools.count(1)
        self.outcomes = collections.defaultdict(collections.Counter)
        self.wrong = []
        self.notes = collections.Counter()

    async def lane(self, number, queue):
        while queue:
            case = queue.popleft()
            label = "?"
            try:
                reading, label = await self.one(case, number)
            except Wrong as why:
                label = "WRONG"
                self.wrong.append((case.name, str(why)))
            except (ConnectionError, OSError) as why:
                label = "WRONG"
                self.wrong.append((case.name, f"the connection broke: {why!r}"))
                if not self.program.is_alive:
                    return
            self.outcomes[case.fault.kind][label] += 1

    async def one(self, case, lane):
        fault, token = case.fault, next(self.serial)

        def script(body, count):
            return fault.steps if case.door != "again" or count == 0 else [("send", good(body, SICK, PIECES))]

        self.upstream.scripts[token] = script
        model = "deaf" if case.door == "deaf" else "deaf-backup" if case.door == "deaf-backup" else f"{case.door}-{lane}"
        try:
            reading = read(await exchange(self.program.port, post(question(model, token, fault.stream))))
            label = self.judge(case, reading)
            # A connection that is still to be closed would meet the next question on its way.
            await self.upstream.settled(token)
            await self.count(case, reading, token)
            if fault.rest or fault.alone:
                await asyncio.sleep(fault.rest + 0.05)
            await self.mend(case, lane)
            return reading, label
        finally:
            del self.upstream.scripts[token]
            self.upstream.asked.pop(token, None)
            self.upstream.left.pop(token, None)

    def judge(self, case, reading):
        """What the answer amounts to, or `Wrong`."""
        fault, text = case.fault, reading.text
        failed = reading.code is not None
        where = f"{reading.status} {reading.code or ''} {text[:60]!r} {reading.message[:200]!r}"
        said = WELL if case.door in ("backup", "vote", "late", "deaf-backup") else None
        if case.door == "vote":
            insist(not failed and text.endswith("Answer: 42"), "two experts were well:", where)
            return "outvoted or agreed"
        if failed and not text and not reading.calls:
            insist(not said, "a fallback was there:", where)
            insist(fault.truth != "good", "it was a good answer:", where)
            # What a second try cannot change is not tried again.
            insist(case.door != "again" or reading.code == "expert_refused", "the second try was good:", where)
            return reading.code + (" (event)" if reading.is_broken else "")
        if failed:
            insist(fault.text is None or fault.text.startswith(text), "words that nobody said:", where)
            insist(fault.truth != "good" and text != SICK + SICK, "it was a good answer:", where)
            return reading.code + " after words"
        if said and text == said:
            insist(fault.truth != "good", "a good answer was thrown away:", where)
            return "answered by the fallback"
        if case.door == "again" and text == SICK:
            return "answered at the second try" if fault.truth != "good" else "answered"
        insist(fault.truth != "bad", "a bad answer was passed on as a good one:", where)
        insist(fault.text is None or text == fault.text or (fault.text == "" and text == ""), "words that nobody said:", where)
        return "answered"

    async def count(self, case, reading, token):
        """The trace's attempts are what the upstream saw."""
        status, trace = await get(self.program.port, f"/v1/traces/{reading.id}")
        insist(status == 200, "no trace", reading.id)
        seen = sum(self.upstream.asked[token].values())
        attempts = trace["attempts"]
        noted = len(attempts)
        if case.door.startswith("deaf"):
            noted -= 1
        insist(noted == seen, f"the trace has {noted} attempts, the upstream saw {dict(self.upstream.asked[token])}")
        failed = sum(1 for attempt in attempts if attempt.get("fault"))
        expected = {"complete", "truncated", "failed_over"} if reading.code is None else {"failed"}
        insist(trace["outcome"] in expected, "outcome", trace["outcome"], "for", reading.code)
        if reading.code is None and case.door == "backup" and failed:
            insist(trace["outcome"] == "failed_over", "outcome", trace["outcome"])

    async def mend(self, case, lane):
        """A sound answer of the same experts, which also shows that nothing is left over from the fault."""
        names = {"backup": ["sick"], "vote": ["sick"], "all": ["sick", "ill", "bad"], "late": ["slow"]}.get(case.door, [case.door])
        if case.door.startswith("deaf"):
            return
        wires = {"anthropic": catalogue.anthropic_events, "ollama": catalogue.ollama_lines}
        for name in names:
            for attempt in range(40):
                token = next(self.serial)
                if name in wires:
                    kind = "application/x-ndjson" if name == "ollama" else "text/event-stream"
                    data = catalogue.streamed(wires[name](), kind=kind)
                    self.upstream.scripts[token] = lambda body, count: [("send", data)]
                answer = read(await exchange(self.program.port, post(question(f"{name}-{lane}", token, name in wires))))
                self.upstream.scripts.pop(token, None)
                seen = sum(self.upstream.asked.pop(token, {}).values())
                if answer.code not in ("expert_resting", "no_expert_available"):
                    break
                insist(seen == 0, "a resting expert was asked")
                self.notes["rests waited for"] += 1
                await asyncio.sleep(0.25)
            insist(answer.text == SICK and answer.code is None, f"{name} does not recover:", answer.status, answer.code, answer.message, answer.text[:80])
            insist(seen == 1, f"a good answer took {seen} requests")


    def note(self, kind, label, name, why):
        self.outcomes[kind][label] += 1
        if why:
            self.wrong.append((f"door/{name}", why))


def chosen(options):
    cases = []
    random_source = random.Random(options.seed)
    for fault in catalogue.everything():
        is_cut = fault.kind.endswith("at every byte") and not fault.kind.startswith("split")
        for door in doors(fault, is_cut):
            cases.append(Case(fault, door))
    refused = catalogue.Fault("refused", "connection refused", False, [], "bad")
    cases += [Case(dataclasses.replace(refused, stream=stream), door) for stream in (False, True) for door in ("deaf", "deaf-backup")]
    if options.case:
        cases = [case for case in cases if case.name == options.case or case.fault.name == options.case]
        if not cases:
            raise SystemExit(f"faults: there is no case {options.case}; --list shows them")
    if options.kind:
        cases = [case for case in cases if options.kind in case.fault.kind]
    if options.share < 1:
        cases = [case for case in cases if random_source.random() < options.share]
    # Long silences first, so that nobody waits for them at the end.
    random_source.shuffle(cases)
    cases.sort(key=lambda case: not (case.fault.slow or case.fault.rest))
    return cases * options.repeat


def table(run, seconds, program):
    labels = collections.Counter()
    print(f"{'kind':24} {'cases':>6} {'wrong':>6}  outcomes")
    for kind, counts in sorted(run.outcomes.items()):
        labels.update(counts)
        shown = ", ".join(f"{label} {count}" for label, count in counts.most_common() if label != "WRONG")
        print(f"{kind:24} {sum(counts.values()):6} {counts['WRONG']:6}  {shown}")
    total = sum(labels.values())
    memory = [sample for _, sample in program.samples]
    print(f"{'all':24} {total:6} {labels['WRONG']:6}  in {seconds:.1f} s; memory {memory[0]:.0f} MiB at first, "
          f"{max(memory):.0f} at most, {memory[-1]:.0f} at last; {run.notes['rests waited for']} rests waited for")
    alike = collections.defaultdict(list)
    for name, why in run.wrong:
        alike[re.sub("[0-9]+", "0", why)[:60]].append((name, why))
    for cases in alike.values():
        for name, why in cases[:3]:
            print(f"wrong: --case '{name}': {why}")
        if len(cases) > 3:
            print(f"       and {len(cases) - 3} like it: {', '.join(name for name, _ in cases[3:8])} …")


async def main(options):
    cases = chosen(options)
    if options.list:
        print("\n".join(case.name for case in cases))
        return 0
    upstream = Upstream()
    await upstream.start(options.lanes)
    program = Program(options.program, configuration(upstream.ports, deaf_port()))
    try:
        await program.start()
        watch = asyncio.create_task(program.watch_memory())
        run = Run(program, upstream)
        began = time.monotonic()
        queue = collections.deque(case for case in cases if not case.fault.alone)
        await asyncio.gather(*(run.lane(lane, queue) for lane in range(options.lanes)))
        await run.lane(0, collections.deque(case for case in cases if case.fault.alone))
        if not options.case and (not options.kind or options.kind in "requests"):
            await door.run(program, run.note)
        await asyncio.sleep(0.5)
        watch.cancel()
        table(run, time.monotonic() - began, program)
        if not program.is_alive:
            print(f"muster ended with {program.process.returncode}: {program.errors()}")
            return 1
        too_much = max(sample for _, sample in program.samples) > options.memory
        if too_much:
            print(f"it took more than {options.memory} MiB")
        return 1 if run.wrong or too_much else 0
    finally:
        status = program.end()
        if status != 0:
            print(f"muster ended with {status}")


parser = argparse.ArgumentParser(prog="scripts/faults", description=__doc__)
parser.add_argument("--program", default=ROOT / ".build/release/muster")
parser.add_argument("--case", help="one case alone, by name")
parser.add_argument("--kind", help="only kinds with this in their name")
parser.add_argument("--share", type=float, default=1, help="so much of the cases, drawn with the seed")
parser.add_argument("--repeat", type=int, default=1)
parser.add_argument("--seed", type=int, default=1, help="for the order of the cases")
parser.add_argument("--lanes", type=int, default=8, help="cases at a time")
parser.add_argument("--memory", type=int, default=700, help="the most MiB that may be resident")
parser.add_argument("--list", action="store_true", help="only name the cases")
sys.exit(asyncio.run(main(parser.parse_args())))
