"""OpenAI's own package against all of its APIs that Muster speaks; scripts/test-clients starts the servers.

python Tests/Clients/test_openai_apis.py http://127.0.0.1:8080 http://127.0.0.1:9001
"""

import base64
import json
import math
import struct
import sys
import time
import urllib.request

import openai
from harness import expect, run, test

address, upstream = sys.argv[1], sys.argv[2]
client = openai.OpenAI(base_url=address + "/v1", api_key="unused", max_retries=0, timeout=60,
                       http_client=openai.DefaultHttpxClient(trust_env=False))
WEATHER = {"type": "function", "function": {
    "name": "weather", "description": "Tells the weather.",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}
QUESTION = [{"role": "user", "content": "What about the weather?"}]
ARGUMENTS = {"city": "Oslo", "days": 2, "why": "What about the weather?"}


def sent():
    with urllib.request.urlopen(upstream) as answer:
        return json.load(answer)


def chat(**more):
    return client.chat.completions.create(**{"model": "auto", "messages": QUESTION, **more})


# Tools


@test
def a_tool_is_called_and_its_result_is_read():
    answer = chat(tools=[WEATHER])
    choice = answer.choices[0]
    call = choice.message.tool_calls[0]
    expect(("tool_calls", "function", "weather", ARGUMENTS),
           (choice.finish_reason, call.type, call.function.name, json.loads(call.function.arguments)))
    after = chat(tools=[WEATHER], messages=QUESTION + [
        choice.message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": "rain"}])
    expect(("stop", "They say: rain"), (after.choices[0].finish_reason, after.choices[0].message.content))


@test
def streamed_calls_come_together_by_the_librarys_own_reader():
    for model in ("auto", "both"):
        with client.chat.completions.stream(model=model, messages=QUESTION, tools=[WEATHER]) as stream:
            kinds = [event.type for event in stream]
            choice = stream.get_final_completion().choices[0]
        assert "tool_calls.function.arguments.done" in kinds, kinds
        expect(("tool_calls", "Let me look."), (choice.finish_reason, choice.message.content), model)
        expect(ARGUMENTS, json.loads(choice.message.tool_calls[0].function.arguments), model)


@test
def a_question_that_wants_no_call_gets_none():
    for more in ({}, {"tools": [WEATHER], "tool_choice": "none"}):
        expect(None, chat(**more).choices[0].message.tool_calls)


# Everything else of a chat


@test
def members_that_muster_does_not_know_reach_the_expert_as_they_are():
    chat(model="upstream", temperature=0.25, logit_bias={"42": -1}, extra_body={"unheard_of": {"b": 1.50, "a": [None]}})
    last = sent()[-1]
    expect(("Bearer hush", "upstream-model", 0.25), (last["key"], last["body"]["model"], last["body"]["temperature"]))
    assert '"unheard_of":{"b":1.5,"a":[null]}' in last["written"].replace(" ", ""), last["written"]


@test
def a_schema_holds_the_answer():
    schema = {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
              "required": ["x", "y"], "additionalProperties": False}
    answer = chat(model="upstream", response_format={
        "type": "json_schema", "json_schema": {"name": "point", "schema": schema, "strict": True}})
    expect({"x": 1, "y": 1}, json.loads(answer.choices[0].message.content))
    expect(schema, sent()[-1]["body"]["response_format"]["json_schema"]["schema"])


@test
def probabilities_come_whole_and_streamed():
    whole = chat(model="upstream", logprobs=True, top_logprobs=1)
    expect([-0.25], [token.logprob for token in whole.choices[0].logprobs.content])
    chunks = list(chat(model="upstream", logprobs=True, stream=True))
    told = [chunk.choices[0].logprobs for chunk in chunks if chunk.choices]
    expect([-0.25], [token.logprob for one in told if one for token in one.content])


@test
def several_answers_to_one_question():
    answer = chat(model="upstream", n=3)
    expect([0, 1, 2], [choice.index for choice in answer.choices])
    expect((15, 3), (answer.usage.prompt_tokens, answer.usage.completion_tokens))
    chunks = list(chat(n=2, stream=True))
    texts = {index: "".join(chunk.choices[0].delta.content or "" for chunk in chunks
                            if chunk.choices and chunk.choices[0].index == index) for index in (0, 1)}
    expect({0: "You asked: What about the weather?", 1: "You asked: What about the weather?"}, texts)


@test
def wishes_may_come_in_headers():
    answer = client.chat.completions.with_raw_response.create(
        model="auto", messages=QUESTION,
        extra_headers={"x-muster-route": "both", "x-muster-seed": "7", "x-muster-explain": "true"})
    expect("7", answer.headers["x-muster-seed"])
    expect(["helper", "other"], [seat["expert"] for seat in answer.parse().muster["trace"]["recruitment"]["seats"]])


# Responses


@test
def a_response_has_its_text_and_its_tokens():
    answer = client.responses.create(model="auto", input="Hello there", instructions="Be brief.")
    expect(("completed", "You asked: Hello there", "Be brief."), (answer.status, answer.output_text, answer.instructions))
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens > 0, answer.usage


@test
def a_streamed_response_is_read_by_the_librarys_own_reader():
    with client.responses.stream(model="auto", input="Hello there") as stream:
        events = list(stream)
        final = stream.get_final_response()
    expect("You asked: Hello there", final.output_text)
    expect(final.output_text, "".join(event.delta for event in events if event.type == "response.output_text.delta"))
    expect(("response.created", "response.completed"), (events[0].type, events[-1].type))


@test
def a_response_calls_functions_and_reads_what_came_of_them():
    tool = {"type": "function", "name": "weather", "parameters": WEATHER["function"]["parameters"], "strict": False}
    question = [{"role": "user", "content": "What about the weather?"}]
    first = client.responses.create(model="auto", input=question, tools=[tool])
    call = next(item for item in first.output if item.type == "function_call")
    expect(("weather", ARGUMENTS), (call.name, json.loads(call.arguments)))
    with client.responses.stream(model="auto", input=question, tools=[tool]) as stream:
        done = [event for event in stream if event.type == "response.function_call_arguments.done"]
    expect([ARGUMENTS], [json.loads(event.arguments) for event in done])
    after = client.responses.create(model="auto", tools=[tool], input=question + first.output + [
        {"type": "function_call_output", "call_id": call.call_id, "output": "rain"}])
    expect("They say: rain", after.output_text)


@test
def a_response_follows_a_schema():
    schema = {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"],
              "additionalProperties": False}
    answer = client.responses.create(model="upstream", input="x?", reasoning={"effort": "low"}, text={
        "format": {"type": "json_schema", "name": "point", "schema": schema, "strict": True}})
    expect({"x": 1}, json.loads(answer.output_text))
    body = sent()[-1]["body"]
    expect((schema, "low"), (body["response_format"]["json_schema"]["schema"], body["reasoning_effort"]))


@test
def responses_are_not_kept():
    for more in ({"store": True}, {"previous_response_id": "resp_1"}, {"background": True}):
        try:
            client.responses.create(model="auto", input="x", **more)
        except openai.BadRequestError as error:
            expect((next(iter(more)), "unsupported"), (error.param, error.code))
        else:
            raise AssertionError(f"{more} was taken")


# Embeddings


@test
def texts_become_vectors_by_the_services_own_embedder():
    # The library asks for base64 unless told otherwise.
    usual = client.embeddings.create(model="hashed", input=["eigenvalues", "eigenvalue", "physician"])
    plain = client.embeddings.create(model="hashed", input="eigenvalues", encoding_format="float")
    raw = client.embeddings.with_raw_response.create(model="hashed", input="eigenvalues", encoding_format="base64")
    numbers = usual.data[0].embedding
    expect(512, len(numbers))
    assert all(math.isclose(a, b, abs_tol=1e-6) for a, b in zip(numbers, plain.data[0].embedding, strict=True))
    packed = base64.b64decode(json.loads(raw.text)["data"][0]["embedding"])
    expect(list(struct.unpack("<512f", packed)), [struct.unpack("<f", struct.pack("<f", n))[0] for n in numbers])
    near, far = (sum(a * b for a, b in zip(numbers, other.embedding, strict=True)) for other in usual.data[1:])
    assert near > 0.5 > far, (near, far)
    assert usual.usage.prompt_tokens == usual.usage.total_tokens > 0, usual.usage


@test
def an_expert_that_embeds_is_asked_and_listed():
    answer = client.embeddings.create(model="vectors", input=["a", "b"], dimensions=3)
    expect([3, 3], [len(row.embedding) for row in answer.data])
    expect((3, "vector-model"), (sent()[-1]["body"]["dimensions"], sent()[-1]["body"]["model"]))
    kinds = {model.id: model.kind for model in client.models.list()}
    expect(("embedder", "embedder"), (kinds["hashed"], kinds["vectors"]))


@test
def what_cannot_be_embedded_is_refused():
    for param, more in (("input", {"input": [1, 2]}), ("input", {"input": ""}), ("dimensions", {"dimensions": 7})):
        try:
            client.embeddings.create(**{"model": "hashed", "input": "x", **more})
        except openai.BadRequestError as error:
            expect(param, error.param)
        else:
            raise AssertionError(f"{more} was taken")


# Batches


def line(name, body, url="/v1/chat/completions"):
    return json.dumps({"custom_id": name, "method": "POST", "url": url, "body": body})


def batch_of(lines, endpoint="/v1/chat/completions"):
    file = client.files.create(file=("questions.jsonl", "\n".join(lines).encode()), purpose="batch")
    batch = client.batches.create(input_file_id=file.id, endpoint=endpoint, completion_window="24h",
                                  metadata={"for": "test"})
    deadline = time.monotonic() + 60
    while batch.status not in ("completed", "failed", "cancelled") and time.monotonic() < deadline:
        time.sleep(0.05)
        batch = client.batches.retrieve(batch.id)
    return file, batch


def results(identity):
    return {one["custom_id"]: one["response"] for one in map(json.loads, client.files.content(identity).text.splitlines())}


@test
def a_batch_answers_every_line_and_tells_errors_apart():
    models = ["auto", "both", "upstream", "nope"]
    file, batch = batch_of([line(f"q{n}", {"model": models[n % 4], "messages": [{"role": "user", "content": f"{n}?"}]})
                            for n in range(40)])
    expect(("completed", 40, 30, 10, {"for": "test"}),
           (batch.status, batch.request_counts.total, batch.request_counts.completed, batch.request_counts.failed,
            batch.metadata))
    right, wrong = results(batch.output_file_id), results(batch.error_file_id)
    expect({f"q{n}" for n in range(40) if n % 4 != 3}, set(right))
    expect("You asked: 5?", right["q5"]["body"]["choices"][0]["message"]["content"])
    expect({(404, "model_not_found")}, {(one["status_code"], one["body"]["error"]["code"]) for one in wrong.values()})
    expect(client.files.retrieve(batch.output_file_id).bytes, len(client.files.content(batch.output_file_id).content))
    assert batch.id in [one.id for one in client.batches.list(limit=2)], "not listed"
    assert client.files.delete(file.id).deleted, file
    try:
        client.files.retrieve(file.id)
    except openai.NotFoundError:
        return
    raise AssertionError("a deleted file is there")


@test
def texts_are_embedded_in_batches_too():
    _, batch = batch_of([line(f"t{n}", {"model": "hashed", "input": f"text {n}"}, "/v1/embeddings") for n in range(3)],
                        "/v1/embeddings")
    expect(512, len(results(batch.output_file_id)["t2"]["body"]["data"][0]["embedding"]))


@test
def a_file_with_slips_fails_with_their_lines():
    good = line("a", {"model": "auto", "messages": []})
    _, batch = batch_of([good, good, "{", line("b", {}, "/v1/embeddings")])
    expect("failed", batch.status)
    expect([("duplicate_custom_id", 2), ("invalid_json_line", 3), ("mismatched_endpoint", 4)],
           [(problem.code, problem.line) for problem in batch.errors.data])


sys.exit(run())
