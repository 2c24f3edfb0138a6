"""A raw client that believes nothing: reads an answer of Muster byte by byte and says what is wrong with its form."""

import asyncio
import dataclasses
import json

CODES = {
    400: {"invalid_json", "invalid_request", "unsupported"}, 401: {"invalid_api_key"},
    404: {"path_not_found", "model_not_found", "trace_not_found", "expert_not_found"},
    405: {"method_not_allowed"}, 413: {"request_too_large"}, 415: {"unsupported_media_type"},
    429: {"expert_rate_limited", "budget_exceeded"},
    502: {"expert_unreachable", "expert_refused", "expert_failed", "expert_garbled", "expert_cut_off"},
    503: {"expert_resting", "no_expert_available"}, 504: {"expert_timed_out"},
}
FINISHES = {"stop", "length", "content_filter", "tool_calls"}


class Wrong(Exception):
    """The answer is not what was promised."""


@dataclasses.dataclass
class Reading:
    status: int
    headers: dict
    body: bytes
    text: str = ""
    finish: str = None
    code: str = None
    message: str = ""
    is_stream: bool = False
    #: A call of a tool has begun: like text, it cannot be taken back.
    calls: bool = False
    #: An error event ended the stream.
    is_broken: bool = False

    @property
    def id(self):
        return self.headers.get("x-request-id", "")


def insist(condition, *words):
    if not condition:
        raise Wrong(" ".join(str(word) for word in words)[:400])


def parse_http(data):
    """Status, headers, body of a whole response that ends with its connection."""
    insist(data, "no response at all")
    top, found, rest = data.partition(b"\r\n\r\n")
    insist(found, "the head does not end:", data[:200])
    lines = top.decode("ascii").split("\r\n")
    words = lines[0].split(" ", 2)
    insist(words[0] == "HTTP/1.1" and len(words) == 3 and words[1].isdigit(), "status line", lines[0])
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(": ")
        insist(colon and name.lower() not in headers, "header", line)
        headers[name.lower()] = value
    if "content-length" in headers:
        insist("transfer-encoding" not in headers, "both lengths")
        insist(len(rest) == int(headers["content-length"]), "a body of", len(rest), "for", headers["content-length"])
        return int(words[1]), headers, rest
    insist(headers.get("transfer-encoding") == "chunked", "neither length")
    body, at = b"", 0
    while True:
        end = rest.find(b"\r\n", at)
        insist(end >= 0, "the chunks are cut off after", body[-200:])
        size = int(rest[at:end], 16)
        body += rest[end + 2:end + 2 + size]
        insist(rest[end + 2 + size:end + 4 + size] == b"\r\n", "a chunk is cut off after", body[-200:])
        at = end + 4 + size
        if size == 0:
            insist(at == len(rest), "bytes after the end:", rest[at:])
            return int(words[1]), headers, body


def loads(text, what):
    try:
        return json.loads(text)
    except ValueError as error:
        raise Wrong(f"{what} is not JSON ({error}): {text[:200]!r}")


def read_error(value, where):
    insist(isinstance(value, dict) and set(value) == {"error"}, where, "no error object", value)
    error = value["error"]
    insist(set(error) == {"message", "type", "param", "code"}, where, "members", error)
    insist(isinstance(error["message"], str) and error["message"], where, "message", error)
    insist(isinstance(error["type"], str) and isinstance(error["code"], str), where, error)
    insist(len(error["message"]) < 8000, where, "a message of", len(error["message"]))
    return error["code"], error["message"]


def read_stream(reading):
    text = reading.body.decode("utf-8")
    insist(text.endswith("\n\n"), "the stream is cut off:", text[-200:])
    over, identity = None, None
    for block in text[:-2].split("\n\n"):
        insist(over is None, "an event after", over, block)
        if block.startswith(":"):
            continue
        insist(block.startswith("data: ") and "\n" not in block, "no event:", block)
        data = block[6:]
        if data == "[DONE]":
            insist(reading.finish, "the end before a finish reason")
            over = "[DONE]"
            continue
        event = loads(data, "event")
        if "error" in event:
            reading.code, reading.message = read_error(event, "event")
            over, reading.is_broken = "an error", True
            continue
        insist(event["object"] == "chat.completion.chunk", event)
        insist(identity in (None, event["id"]), "another id", event["id"])
        identity = event["id"]
        for choice in event["choices"]:
            insist(choice["index"] == 0, "index", choice)
            piece = choice["delta"].get("content")
            reading.calls = reading.calls or bool(choice["delta"].get("tool_calls"))
            insist(not (piece and reading.finish), "text after the finish:", piece)
            reading.text += piece or ""
            if choice["finish_reason"] is not None:
                insist(reading.finish is None, "two finish reasons")
                insist(choice["finish_reason"] in FINISHES, choice["finish_reason"])
                reading.finish = choice["finish_reason"]
    insist(over, "a silent cut after", text[-200:])
    return reading


def read(data):
    """The answer in `data`; raises `Wrong` where its form breaks a promise."""
    try:
        return read_answer(data)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as why:
        raise Wrong(f"the answer has another shape: {why!r}: {data[-200:]!r}")


def read_answer(data):
    status, headers, body = parse_http(data)
    reading = Reading(status, headers, body)
    insist(reading.id, "no x-request-id")
    if status == 200 and headers["content-type"].startswith("text/event-stream"):
        reading.is_stream = True
        return read_stream(reading)
    insist(headers.get("content-type") == "application/json", "type", headers.get("content-type"))
    value = loads(body, "body")
    if status == 200:
        insist(value["object"] == "chat.completion" and len(value["choices"]) == 1, value)
        choice = value["choices"][0]
        reading.text, reading.finish = choice["message"]["content"], choice["finish_reason"]
        insist(isinstance(reading.text, str) and reading.finish in FINISHES, choice)
        insist(all(isinstance(value["usage"][name], int) and value["usage"][name] >= 0 for name in (
            "prompt_tokens", "completion_tokens", "total_tokens")), value["usage"])
        return reading
    reading.code, reading.message = read_error(value, "body")
    insist(reading.code in CODES.get(status, ()), "status", status, "with code", reading.code)
    if status in (429, 502, 503, 504):
        insist("retry-after" in headers or headers.get("x-should-retry") == "false", "no advice on trying again")
    return reading


async def exchange(port, data, seconds=60):
    """Sends bytes on a connection of their own; everything that comes back until it is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        await writer.drain()
        return await asyncio.wait_for(reader.read(-1), seconds)
    except asyncio.TimeoutError:
        raise Wrong(f"no end of the answer within {seconds} s")
    finally:
        writer.transport.abort()


def post(body, path="/v1/chat/completions"):
    text = json.dumps(body).encode()
    return (f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
            f"Content-Length: {len(text)}\r\n\r\n").encode() + text


async def get(port, path):
    data = await exchange(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    status, _, body = parse_http(data)
    return status, loads(body, path)


def question(model, token, stream):
    return {"model": model, "stream": stream, "messages": [{"role": "user", "content": f"case:{token} 3 + 4?"}]}
