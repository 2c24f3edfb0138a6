"""A service under load for looking at its dashboard: scripted experts that know different things, one that fails, profiles
of two times, benchmark runs of which one is under way, keys, and questions that keep coming."""

import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

ADMIN = "adm-page-test"
KEY = "key-page-test"

CONFIG = """
store: {path: store.sqlite, keep_text: true}
server: {admin_key: "${env.MUSTER_ADMIN_KEY}", api_keys: ["${env.MUSTER_API_KEY}"]}
skills: {folder: Skills}
experts:
  generalist:
    kind: scripted
    price: {input: 0.10, output: 0.40}
    script: {knows: {"*": 0.6}, delay: 60ms, pace: 8ms, otherwise: "I answer the graded questions in Skills, some of them wrongly."}
  mathematician:
    kind: scripted
    price: {input: 0.30, output: 1.20}
    script: {knows: {mathematics: %(mathematics)s, reasoning: 0.85, business: 0.7, science: 0.6, "*": 0.2}, delay: 90ms, pace: 12ms, otherwise: "I only know mathematics."}
  linguist:
    kind: scripted
    price: {input: 0.20, output: 0.80}
    script: {knows: {language: 0.95, humanities: 0.9, law: 0.8, health: 0.6, "*": 0.15}, delay: 110ms, pace: 10ms, otherwise: "I only know languages."}
  coder:
    kind: scripted
    price: {input: 0.20, output: 0.80}
    script: {knows: {coding: 0.95, mathematics: 0.55, reasoning: 0.6, "*": 0.15}, delay: 70ms, pace: 6ms, otherwise: "I only know programs."}
  unsteady:
    kind: scripted
    price: {input: 0.02, output: 0.05}
    limits: {retries: 1}
    script: {knows: {"*": 0.4}, delay: 20ms, mishaps: [{when: "x", status: 500}, {when: "capital", cut_after: 2}]}
  slow:
    kind: scripted
    price: {input: 0.05, output: 0.10}
    limits: {concurrent: 1}
    script: {knows: {"*": 0.5}, delay: 700ms}
routing:
  by-skill: {strategy: skill, seats: 3}
  thrifty: {strategy: value}
  everybody: {strategy: fixed, members: [generalist, mathematician, linguist, coder]}
  unsteady-first: {strategy: fixed, members: [unsteady]}
aggregation:
  by-generalist: {method: synthesis, by: generalist}
routes:
  auto: {routing: by-skill, fallback: generalist}
  thrifty: {routing: thrifty, fallback: generalist}
  everybody: {routing: everybody}
  write: {routing: by-skill, aggregation: by-generalist, fallback: generalist}
  risky: {routing: unsteady-first, fallback: generalist}
"""

SUITE = r"""
name: numbers
summary: Questions of Skills whose answer is a number
licence: MIT
home: https://example.org/numbers
version: numbers-1
parts: {test: {purpose: test, file: test.jsonl}}
fields: {question: question, answer: answer}
answer: number
max_tokens: 64
prompt: "{question}"
strict: {kind: pattern, pattern: 'Answer: (-?[0-9.,]+)', take: last}
flexible: {kind: pattern, pattern: '(-?[0-9][0-9.,]*)', take: last}
metric: {kind: exact, ignoring: [',', '\.$']}
"""


class PageService:
    def __init__(self, program, root):
        self.program = str(pathlib.Path(program).absolute())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="muster-page-"))
        (self.folder / "Skills").symlink_to(pathlib.Path(root, "Skills").absolute())
        self.environment = {**os.environ, "MUSTER_ADMIN_KEY": ADMIN, "MUSTER_API_KEY": KEY}
        self.processes = []
        self.stopping = threading.Event()
        self.questions = [json.loads(line) for file in sorted(pathlib.Path(root, "Skills").glob("*/questions.jsonl"))
                          for line in file.read_text().splitlines() if line.strip()]
        self.asked = 0

    def configure(self, mathematics):
        (self.folder / "config.yaml").write_text(CONFIG % {"mathematics": mathematics})

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], cwd=self.folder, env=self.environment,
                              capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"muster {' '.join(map(str, arguments))} failed:\n{done.stderr}")

    def prepare(self):
        """What lies behind the panels before anybody looks."""
        # Three weeks ago the mathematician was worse: the map shows drift.
        self.configure(0.35)
        steady = ["--experts", "generalist", "mathematician", "linguist", "coder"]
        self.run("profile", "build", "--limit", 8, *steady)
        with sqlite3.connect(self.folder / "store.sqlite") as db:
            db.execute("UPDATE marks SET at = at - 21 * 86400 * 1000000")
            db.execute("DELETE FROM former_marks")
        self.configure(0.97)
        self.run("profile", "build", "--limit", 8, "--again", *steady)
        numbers = [one for one in self.questions if one["answer"].lstrip("-").isdigit()]
        lines = [json.dumps({"question": one["question"], "answer": one["answer"]}) for one in numbers]
        (self.folder / "Suites").mkdir()
        (self.folder / "Suites" / "numbers.yaml").write_text(SUITE)
        (self.folder / "test.jsonl").write_text("\n".join(lines[:60]) + "\n")
        (self.folder / "long.jsonl").write_text("\n".join(lines) + "\n")
        for strategy in ["single:generalist", "single:mathematician", "single:coder", "skill", "vote"]:
            self.run("bench", "run", "numbers", "--data", "test.jsonl", "--strategy", strategy, *steady)
        return self

    def serve(self):
        port = self.folder / "port"
        self.processes.append(subprocess.Popen(
            [self.program, "serve", "--port", "0", "--port-file", port], cwd=self.folder, env=self.environment,
            stderr=open(self.folder / "log", "w")))
        deadline = time.monotonic() + 60
        while not (port.exists() and port.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.address = f"http://127.0.0.1:{port.read_text()}"
        for name, more in [("web", {"routes": ["auto", "thrifty"], "requests_per_minute": 600, "budget_dollars": 20, "period": "month"}),
                           ("batch-jobs", {"tokens_per_minute": 90000}), ("intern", {"routes": ["thrifty"], "expires_in_seconds": 864000})]:
            self.send("/admin/keys", {"name": name, **more}, ADMIN)
        request = urllib.request.Request(f"{self.address}/admin/keys/intern", method="DELETE", headers={"Authorization": f"Bearer {ADMIN}"})
        urllib.request.urlopen(request).read()
        return self

    def send(self, path, body, key=KEY):
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        request = urllib.request.Request(self.address + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)

    def load(self, workers=3, pause=0.12):
        """Questions from here on, until `stop`."""
        def work(seed):
            chance = random.Random(seed)
            while not self.stopping.is_set():
                question = chance.choice(self.questions)["question"]
                model = chance.choices(["auto", "thrifty", "everybody", "write", "risky", "generalist"], [8, 4, 2, 2, 1, 1])[0]
                try:
                    answer = self.send("/v1/chat/completions", {"model": model, "messages": [{"role": "user", "content": question}]})
                    self.asked += 1
                    if chance.random() < 0.1:
                        time.sleep(0.3)
                        self.send("/v1/feedback", {"trace_id": answer["id"], "score": chance.choice([0, 0.5, 1, 1])})
                except (urllib.error.URLError, OSError):
                    pass
                self.stopping.wait(pause * chance.random() * 2)

        for seed in range(workers):
            threading.Thread(target=work, args=(seed,), daemon=True).start()
        return self

    def bench_under_way(self):
        """A run that takes some minutes."""
        self.processes.append(subprocess.Popen(
            [self.program, "bench", "run", "numbers", "--data", "long.jsonl", "--strategy", "single:slow"], cwd=self.folder,
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return self

    def stop(self):
        self.stopping.set()
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
