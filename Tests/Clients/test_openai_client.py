"""Asks a running Muster server through OpenAI's own package; scripts/test-clients starts the demonstration for it.

python Tests/Clients/test_openai_client.py http://127.0.0.1:8080/v1
"""

import asyncio
import contextlib
import json
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import openai

SECONDS = 60  # An answer takes a tenth of a second; more than this is a hang.
ROUTES = ["auto", "thrifty", "everybody", "write"]
EXPERTS = ["generalist", "mathematician", "linguist", "coder"]
# Graded questions of Skills/ with the line that the named scripted expert ends with.
ALGEBRA = "Solve for x: 5x - 8 = 37."
KNOWN = [
    ("mathematician", ALGEBRA, "Answer: 9"),
    ("linguist", "Translate the French word 'pain' into English. A) pain B) bread C) pine D) paint", "Answer: B"),
    ("coder", "What does this Python program print?\n\nprint(17 // 5 + 17 % 5)", "Answer: 5"),
    ("auto", "What is the capital of Japan?", "Answer: Tokyo"),
]
UNKNOWN = "Tell me something that stands in no skill."

address = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/v1").rstrip("/")
# No retries, so that no failure is covered up; no proxy between here and this machine.
settings = {"base_url": address, "api_key": "unused", "max_retries": 0, "timeout": SECONDS}
raw = openai.DefaultHttpxClient(trust_env=False, timeout=SECONDS)
client = openai.OpenAI(http_client=openai.DefaultHttpxClient(trust_env=False), **settings)
tests = []


def test(function):
    tests.append(function)
    return function


def said(content):
    return [{"role": "user", "content": content}]


def ask(question=ALGEBRA, model="auto", muster=None, completions=client.chat.completions, **more):
    if muster:
        more["extra_body"] = {"muster": muster}
    return completions.create(model=model, messages=said(question), **more)


def ask_with_headers(**more):
    answer = ask(completions=client.chat.completions.with_raw_response, **more)
    return answer.parse(), answer.headers


def text_of(answer):
    return answer.choices[0].message.content


def joined(chunks):
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def decide(question, **muster):
    return client.post("/route", cast_to=object, body={"model": "auto", "messages": said(question), "muster": muster})


def seats(trace):
    return [seat["expert"] for seat in trace["recruitment"]["seats"]]


def kept_outcomes(seeds):
    """What became of the answers with these seeds, so far as their traces are kept."""
    traces = client.get("/traces?limit=1000", cast_to=object)["data"]
    return {trace["outcome"] for trace in traces if trace["recruitment"]["seed"] in seeds}


def expect(expected, actual, what=""):
    assert actual == expected, f"{what or 'value'}: {actual!r} instead of {expected!r}"


def expect_error(kind, request, status, code, param=None):
    try:
        request()
    except kind as error:
        expect((status, code, param), (error.status_code, error.code, error.param), "status, code, param")
        expect({"message", "type", "param", "code"}, set(error.body), "members of the error")
        assert error.body["message"] and error.type == "invalid_request_error", error.body
        assert error.request_id, "no x-request-id"
        return error
    raise AssertionError(f"no {kind.__name__}")


def expect_bad_request(request, param, code="invalid_request"):
    expect_error(openai.BadRequestError, request, 400, code, param)


def expect_raw_error(answer, status, code):
    expect((status, code), (answer.status_code, answer.json()["error"]["code"]), "status, code")


def expect_healthy():
    answer = raw.get(address.removesuffix("/v1") + "/healthz")
    expect((200, "ok"), (answer.status_code, answer.json()["status"]), "health")
    states = [(expert["id"], expert["state"]) for expert in answer.json()["experts"]]
    expect([(name, "ready") for name in EXPERTS], states, "states")


def expect_hung_up(seeds):
    # Traces are written behind the answers. Some answers may have been complete before the client was gone.
    deadline = time.monotonic() + 10
    while "client_gone" not in kept_outcomes(seeds) and time.monotonic() < deadline:
        time.sleep(0.05)
    outcomes = kept_outcomes(seeds)
    assert "client_gone" in outcomes and outcomes <= {"client_gone", "complete"}, outcomes
    expect_healthy()


@test
def a_complete_answer_has_text_finish_reason_and_usage():
    for model, question, line in KNOWN:
        answer = ask(question, model)
        expect(("chat.completion", model, 1), (answer.object, answer.model, len(answer.choices)))
        expect(("assistant", "stop"), (answer.choices[0].message.role, answer.choices[0].finish_reason))
        assert text_of(answer).endswith(line), text_of(answer)
        usage = answer.usage
        assert usage.prompt_tokens > 0 and usage.completion_tokens > 0, usage
        expect(usage.prompt_tokens + usage.completion_tokens, usage.total_tokens, "total_tokens")
        assert answer.id.startswith("chatcmpl-") and abs(answer.created - time.time()) < 3600, answer


@test
def system_messages_and_content_in_parts_reach_the_expert():
    alone = ask(model="mathematician")
    for role in ("system", "developer"):
        messages = [{"role": role, "content": "Be brief and kind."}] + said([{"type": "text", "text": ALGEBRA}])
        answer = client.chat.completions.create(model="mathematician", messages=messages)
        expect(text_of(alone), text_of(answer), role)
        # A scripted expert counts words.
        expect(alone.usage.prompt_tokens + 4, answer.usage.prompt_tokens, "prompt_tokens")


@test
def a_question_in_many_scripts_arrives_unchanged():
    question = 'Größe, 日本, עברית, \U0001f469\u200d\U0001f680, e\u0301, "\\\t\u2028'
    expect(question, decide(question, seed=1)["text"])


@test
def the_pieces_of_a_stream_are_the_complete_answer():
    for model in ROUTES + EXPERTS:
        chunks = list(ask(model=model, muster={"seed": 7}, stream=True))
        expect(text_of(ask(model=model, muster={"seed": 7})), joined(chunks), model)


@test
def a_stream_begins_with_the_role_and_ends_with_the_finish_reason():
    chunks = list(ask(model="mathematician", stream=True))
    expect("assistant", chunks[0].choices[0].delta.role, "first role")
    expect([None] * (len(chunks) - 1) + ["stop"], [chunk.choices[0].finish_reason for chunk in chunks])
    expect(1, len({(chunk.id, chunk.created, chunk.model, chunk.object) for chunk in chunks}), "kinds of chunk")
    assert len([chunk for chunk in chunks if chunk.choices[0].delta.content]) > 1, "it came in one piece"
    assert all(chunk.usage is None for chunk in chunks), "usage, though it was not asked for"


@test
def a_stream_ends_with_its_usage_if_asked():
    for model in ("mathematician", "auto"):
        *before, last = ask(model=model, muster={"seed": 7}, stream=True, stream_options={"include_usage": True})
        expect([], last.choices, "choices of the last chunk")
        usage = last.usage
        expect(usage.prompt_tokens + usage.completion_tokens, usage.total_tokens, "sum of the usage")
        assert usage.prompt_tokens > 0 and usage.completion_tokens > 0, usage
        # With several seats a decided vote hangs up on the rest: how much those had written by then is chance.
        if model == "mathematician":
            expect(ask(model=model, muster={"seed": 7}).usage, usage, "usage")
        assert all(chunk.choices and chunk.usage is None for chunk in before), "usage before the end"


@test
def the_async_client_streams_several_answers_at_once():
    async def stream_one(asker, model, question):
        async with await asker.chat.completions.create(model=model, messages=said(question), stream=True) as stream:
            return joined([chunk async for chunk in stream])

    async def stream_all():
        web = openai.DefaultAsyncHttpxClient(trust_env=False)
        async with openai.AsyncOpenAI(http_client=web, **settings) as asker:
            return await asyncio.gather(*(stream_one(asker, model, question) for model, question, _ in KNOWN))

    for (_, _, line), text in zip(KNOWN, asyncio.run(stream_all()), strict=True):
        assert text.endswith(line), text


@test
def the_bytes_of_a_stream_are_events_of_json_and_done():
    body = {"model": "mathematician", "messages": said(ALGEBRA), "stream": True}
    with raw.stream("POST", address + "/chat/completions", json=body) as answer:
        expect(200, answer.status_code, "status")
        assert answer.headers["content-type"].startswith("text/event-stream"), answer.headers
        sent = b"".join(answer.iter_raw())
    assert sent.endswith(b"data: [DONE]\n\n"), sent[-100:]
    events = sent.split(b"\n\n")[:-2]
    assert len(events) > 3, events
    for event in events:
        assert event.startswith(b"data: ") and b"\n" not in event, event
        expect("chat.completion.chunk", json.loads(event.removeprefix(b"data: "))["object"], "object")


@test
def a_stream_closed_early_is_ended_and_leaves_the_server_healthy():
    seeds = range(1000, 1010)
    for seed in seeds:
        with ask(UNKNOWN, "generalist", {"seed": seed}, stream=True) as stream:
            next(iter(stream))
    expect_hung_up(seeds)


@test
def a_client_that_gives_up_waiting_leaves_the_server_healthy():
    seeds = range(1100, 1110)
    hasty = client.with_options(timeout=0.01)
    for seed in seeds:
        with contextlib.suppress(openai.APITimeoutError):
            ask(UNKNOWN, "write", {"seed": seed}, hasty.chat.completions)
    expect_hung_up(seeds)


@test
def a_cut_answer_says_length():
    for limit in ("max_tokens", "max_completion_tokens"):
        answer = ask(model="mathematician", **{limit: 2})
        expect(("length", "This is", 2),
               (answer.choices[0].finish_reason, text_of(answer), answer.usage.completion_tokens), limit)
        chunks = list(ask(model="mathematician", stream=True, **{limit: 2}))
        expect(("length", "This is"), (chunks[-1].choices[0].finish_reason, joined(chunks)), limit)
    expect("length", ask(max_tokens=2).choices[0].finish_reason, "of a panel")


@test
def models_are_the_routes_and_then_the_experts():
    models = client.models.list().data
    expect(ROUTES + EXPERTS + ["hashed"], [model.id for model in models], "ids")
    expect(["route"] * 4 + ["expert"] * 4 + ["embedder"], [model.kind for model in models], "kinds")
    for model in models:
        expect(("model", "muster"), (model.object, model.owned_by), model.id)
        expect(model, client.models.retrieve(model.id), model.id)


@test
def an_unknown_model_is_not_found():
    for request in (lambda: ask(model="nope"), lambda: ask(model="nope", stream=True),
                    lambda: client.models.retrieve("nope"), lambda: client.models.retrieve("some/where/nope")):
        error = expect_error(openai.NotFoundError, request, 404, "model_not_found", "model")
        assert "nope" in error.message and "mathematician" in error.message, error.message


@test
def a_value_out_of_range_is_a_bad_request_that_names_it():
    for param, value in [("temperature", 9), ("top_p", -1), ("max_tokens", 0), ("stop", ["x"] * 17)]:
        expect_bad_request(lambda: ask(**{param: value}), param)
    for member, value in [("seats", 65), ("seed", -1), ("nope", 1)]:
        expect_bad_request(lambda: ask(muster={member: value}), f"muster.{member}")


@test
def a_request_without_messages_or_model_is_a_bad_request():
    for param, body in [("messages", {"model": "auto"}), ("messages", {"model": "auto", "messages": []}),
                        ("model", {"messages": said(ALGEBRA)})]:
        for path in ("/chat/completions", "/route"):
            expect_bad_request(lambda: client.post(path, cast_to=object, body=body), param)


@test
def what_muster_does_not_do_is_unsupported():
    schema = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}}
    # Scripted experts can do neither: nobody is left to ask.
    for param, value in [("logprobs", True), ("response_format", schema)]:
        expect_bad_request(lambda: ask(**{param: value}), "model", "unsupported")
    expect_bad_request(lambda: ask(functions=[{"name": "add"}]), "functions", "unsupported")
    assert text_of(ask(n=1, tools=[], response_format={"type": "text"})).endswith("Answer: 9")


@test
def several_answers_are_several_choices():
    answer = ask(n=3)
    assert [choice.index for choice in answer.choices] == [0, 1, 2], answer
    chunks = list(ask(n=2, stream=True))
    assert {choice.index for chunk in chunks for choice in chunk.choices} == {0, 1}, chunks


@test
def a_form_is_kept_to():
    answer = ask(response_format={"type": "json_object"})
    assert isinstance(json.loads(answer.choices[0].message.content), dict), answer


@test
def a_body_that_is_too_large_is_refused_and_the_server_lives():
    for _ in range(3):
        expect_error(openai.APIStatusError, lambda: ask("a" * 50_000_000), 413, "request_too_large")
    expect_healthy()


@test
def wrong_methods_paths_and_bodies_are_refused():
    chat = address + "/chat/completions"
    for method, path, allowed in [("GET", chat, "POST"), ("POST", address + "/models", "GET")]:
        answer = raw.request(method, path)
        expect_raw_error(answer, 405, "method_not_allowed")
        assert allowed in answer.headers["allow"], answer.headers
    expect_raw_error(raw.get(address + "/nowhere"), 404, "path_not_found")
    expect_raw_error(raw.post(chat, json=["a", "list"]), 400, "invalid_request")
    json_type = {"content-type": "application/json"}
    for broken in (b"", b'{"model": ', b"\xff\xfe", b"[" * 100_000):
        expect_raw_error(raw.post(chat, content=broken, headers=json_type), 400, "invalid_json")
    expect_raw_error(raw.post(chat, content=b"hello", headers={"content-type": "text/plain"}), 415,
                     "unsupported_media_type")
    head = raw.head(address + "/models")
    expect((200, b""), (head.status_code, head.content), "HEAD")


@test
def headers_say_who_was_asked_and_why():
    answer, headers = ask_with_headers(muster={"seed": 7})
    expect(answer.id, "chatcmpl-" + headers["x-request-id"], "id")
    expect(("auto", "7", "algebra"), tuple(headers[f"x-muster-{name}"] for name in ("route", "seed", "skills")))
    short = headers["x-muster-trace"]
    assert short.isascii() and len(short) <= 4096 and "Solve" not in short, short
    trace = json.loads(short)
    expect((headers["x-request-id"], "auto", 7), (trace["id"], trace["route"], trace["seed"]), "trace")
    expect(sorted(set(trace["seats"])), sorted(headers["x-muster-experts"].split(",")), "experts")


@test
def an_explained_answer_holds_its_trace_and_the_trace_is_kept():
    answer = ask(muster={"seed": 7, "explain": True})
    trace = answer.muster["trace"]
    expect(("complete", seats(trace)), (trace["outcome"], [attempt["expert"] for attempt in trace["attempts"]]))
    expect(answer.usage.completion_tokens,
           sum(attempt["usage"]["completion_tokens"] for attempt in trace["attempts"]), "completion_tokens")
    kept = client.get("/traces/" + answer.id.removeprefix("chatcmpl-"), cast_to=object)
    expect(trace["recruitment"], kept["recruitment"], "kept recruitment")
    chunks = list(ask(muster={"seed": 7, "explain": True}, stream=True))
    expect(seats(trace), seats(chunks[-1].muster["trace"]), "seats in a stream")
    assert getattr(ask(), "muster", None) is None, "a trace nobody asked for"


@test
def a_seed_repeats_the_recruitment_and_the_answer():
    def drawn(muster=None):
        answer, headers = ask_with_headers(question=UNKNOWN, muster=muster)
        return text_of(answer), json.loads(headers["x-muster-trace"])["seats"], int(headers["x-muster-seed"])

    first = [drawn({"seed": seed, "seats": 3}) for seed in range(12)]
    expect(first, [drawn({"seed": seed, "seats": 3}) for seed in range(12)], "second time")
    assert len({str(taken) for _, taken, _ in first}) > 1, "every seed drew the same"
    for _, taken, seed in first:
        expect(taken, seats(decide(UNKNOWN, seed=seed, seats=3)), "decided")
    unseeded = drawn()
    expect(unseeded, drawn({"seed": unseeded[2]}), "a draw repeated by its x-muster-seed")


@test
def a_route_is_explained_without_asking_anyone():
    trace = decide(ALGEBRA, seed=7, seats=2)
    expect(("decided", "auto", ALGEBRA), (trace["outcome"], trace["route"], trace["text"]))
    expect(("algebra", 7, 2), (trace["need"]["mentions"][0]["skill"], trace["recruitment"]["seed"], len(seats(trace))))
    expect(([], 0), (trace["attempts"], trace["usage"]["completion_tokens"]), "attempts, tokens")
    suitable = trace["recruitment"]["suitabilities"]
    expect(sorted(EXPERTS), sorted(suitability["expert"] for suitability in suitable), "experts")
    assert abs(sum(suitability["probability"] for suitability in suitable) - 1) < 1e-6, suitable
    expect_error(openai.NotFoundError, lambda: client.get("/traces/" + trace["id"], cast_to=object), 404,
                 "trace_not_found", "id")


@test
def health_is_ok_and_names_every_expert():
    expect_healthy()


@test
def twenty_questions_at_once_get_their_own_answers():
    together = threading.Barrier(20)

    def one(number):
        model, question, line = KNOWN[number % len(KNOWN)]
        together.wait(SECONDS)
        if number // len(KNOWN) % 2:
            answer = ask(question, model)
            return answer.id, text_of(answer), line
        chunks = list(ask(question, model, stream=True))
        return chunks[0].id, joined(chunks), line

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(one, range(20)))
    expect(20, len({identity for identity, _, _ in answers}), "different ids")
    for _, text, line in answers:
        assert text.endswith(line), text


def main():
    failed = 0
    for function in tests:
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"passed  {name}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {name}\n{traceback.format_exc(limit=-4)}", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
