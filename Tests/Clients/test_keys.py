"""Asks a Muster server with client keys through OpenAI's own package; scripts/test-clients runs it.

python Tests/Clients/test_keys.py .build/release/muster
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import openai
import openai._base_client

program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/muster")
ADMIN = "adm-client-test"
CONFIG = """
store: {path: store.sqlite}
server: {admin_key: "${env.MUSTER_ADMIN_KEY}"}
experts:
  dear: {kind: scripted, price: {input: 1000, output: 1000}, script: {otherwise: "hm"}}
  free: {kind: scripted, script: {otherwise: "hm"}}
"""

folder = pathlib.Path(tempfile.mkdtemp())
(folder / "config.yaml").write_text(CONFIG)
(folder / "Skills").symlink_to(pathlib.Path("Skills").absolute())
environment = {**os.environ, "MUSTER_ADMIN_KEY": ADMIN}
server = subprocess.Popen(
    [program, "serve", "--port", "0", "--port-file", "port"], cwd=folder, env=environment, stderr=subprocess.DEVNULL)
deadline = time.monotonic() + 60
while not (folder / "port").exists() and server.poll() is None and time.monotonic() < deadline:
    time.sleep(0.05)
address = f"http://127.0.0.1:{(folder / 'port').read_text()}"


def client(key, **more):
    settings = {"base_url": address + "/v1", "api_key": key, "max_retries": 0, "timeout": 60, **more}
    return openai.OpenAI(http_client=openai.DefaultHttpxClient(trust_env=False), **settings)


def made(*arguments):
    """A key made by the command, beside the running server."""
    run = subprocess.run(
        [program, "key", "create", *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return run.stdout.strip()


def ask(client, model="free", **more):
    said = [{"role": "user", "content": "?"}]
    return client.chat.completions.create(model=model, messages=said, max_tokens=8, **more)


def refused(kind, request):
    try:
        request()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def test_a_key_works_and_sees_what_it_may_use():
    web = client(made("web", "--routes", "free"))
    assert ask(web).choices[0].message.content
    assert "".join(c.choices[0].delta.content or "" for c in ask(web, stream=True) if c.choices)
    assert [model.id for model in web.models.list()] == ["free"]


def test_another_route_is_403_with_the_list():
    error = refused(openai.PermissionDeniedError, lambda: ask(client(made("scoped", "--routes", "free")), "dear"))
    assert (error.status_code, error.code, error.param) == (403, "not_allowed", "model"), error
    assert "It may use free" in str(error), error


def test_a_wrong_key_is_401():
    assert refused(openai.AuthenticationError, lambda: ask(client("mk-nobody"))).code == "invalid_api_key"


def test_over_budget_is_429_insufficient_quota_and_not_asked_again():
    poor = client(made("poor", "--budget-dollars", "0.03", "--period", "month"), max_retries=5)
    slept = count_sleeps()
    error = None
    for _ in range(20):
        try:
            ask(poor, "dear")
        except openai.RateLimitError as caught:
            error = caught
            break
    assert error and (error.code, error.type) == ("insufficient_quota", "insufficient_quota"), error
    assert "renews at" in str(error) and slept() == [], (error, slept())
    assert ask(poor, "free").choices, "what costs nothing may still be asked"


def test_a_rate_limit_is_waited_for_as_long_as_told():
    quick = client(made("quick", "--requests-per-minute", "2"), max_retries=1)
    for left in ("1", "0"):
        answer = quick.chat.completions.with_raw_response.create(
            model="free", messages=[{"role": "user", "content": "?"}])
        assert answer.headers["x-ratelimit-remaining-requests"] == left, answer.headers
    slept = count_sleeps()
    error = refused(openai.RateLimitError, lambda: ask(quick))
    assert error.code == "rate_limit_exceeded" and error.type == "rate_limit_error", error
    told = int(error.response.headers["retry-after-ms"]) / 1000
    waits = slept()
    assert len(waits) == 1 and abs(waits[0] - told) < 5 and 0 < told <= 60, (waits, told)


def test_a_key_of_the_admin_api_is_rotated_and_revoked():
    admin = openai.DefaultHttpxClient(trust_env=False, headers={"Authorization": f"Bearer {ADMIN}"})
    answer = admin.post(address + "/admin/keys", json={"name": "api", "budget_calls": 50})
    assert answer.status_code == 201, answer.text
    first = answer.json()["secret"]
    assert ask(client(first)).choices
    second = admin.post(address + "/admin/keys/api/rotate").json()["secret"]
    refused(openai.AuthenticationError, lambda: ask(client(first)))
    assert ask(client(second)).choices
    shown = admin.get(address + "/admin/keys/api").json()
    assert shown["spent"]["calls"] == 2 and second not in json.dumps(shown), shown
    spend = admin.get(address + "/admin/spend?by=expert").json()
    assert spend["by"] == "expert", spend
    assert admin.delete(address + "/admin/keys/api").json()["state"] == "revoked"
    refused(openai.AuthenticationError, lambda: ask(client(second)))


def count_sleeps():
    """From here on the package's waits are noted and take no time."""
    waits = []

    class Clock:
        def __getattr__(self, name):
            return getattr(time, name)

        def sleep(self, seconds):
            waits.append(seconds)

    openai._base_client.time = Clock()
    return lambda: list(waits)


failed = 0
try:
    for name, test in list(globals().items()):
        if not name.startswith("test_"):
            continue
        try:
            test()
            print("ok    ", name[5:].replace("_", " "))
        except Exception as error:
            failed += 1
            print("FAILED", name[5:].replace("_", " "), repr(error)[:2000])
finally:
    server.terminate()
    server.wait(timeout=60)
sys.exit(1 if failed else 0)
