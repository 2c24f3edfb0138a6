"""Simon Willison's `llm` against a running Muster server, by its own list of OpenAI-compatible models.

python Tests/Clients/test_llm_client.py http://127.0.0.1:8080
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from harness import expect, run, test

folder = tempfile.TemporaryDirectory()
pathlib.Path(folder.name, "extra-openai-models.yaml").write_text(f"""\
- model_id: muster
  model_name: auto
  api_base: {sys.argv[1]}/v1
  supports_tools: true
""")


def llm(*words, stdin=""):
    program = pathlib.Path(sys.executable).with_name("llm")
    surroundings = {**os.environ, "LLM_USER_PATH": folder.name, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    done = subprocess.run([program, *words], input=stdin, capture_output=True, text=True, timeout=120,
                          env=surroundings)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@test
def it_lists_the_model():
    assert "muster" in llm("models"), llm("models")


@test
def it_is_answered_streamed_and_whole():
    for more in ([], ["--no-stream"]):
        expect("You asked: Hello there", llm("-m", "muster", "--key", "unused", *more, "Hello there"))


@test
def it_goes_on_with_a_conversation():
    llm("-m", "muster", "--key", "unused", "Hello there")
    expect("You asked: And again", llm("-c", "--key", "unused", "And again"))


@test
def it_runs_a_tool_that_the_expert_asks_for():
    tool = 'def weather(city: str, days: int, why: str) -> str:\n    "Tells the weather."\n    return f"{city} {days}"\n'
    said = llm("-m", "muster", "--key", "unused", "--functions", tool, "weather?")
    assert said.endswith("They say: Oslo 2"), said


sys.exit(run())
