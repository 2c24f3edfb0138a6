"""An upstream that does what a case tells it, byte by byte: sends, waits, breaks off, hangs, and counts what it was
asked. Speaks raw sockets, since no HTTP library would send what is wrong on purpose."""

import asyncio
import collections
import json
import re
import socket
import struct
import time

# What experts say when they are well, and when they are told to misbehave; both answers can be put to a vote.
WELL = "It is forty-two. Answer: 42"
SICK = "Sieben, é 🙂, is \"the\" sum.\nAnswer: 7"
PIECES = ["Sieben, é ", "🙂, is \"the\"", " sum.\n", "Answer: 7"]
USAGE = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
MEMBERS = {"id": "chatcmpl-up", "object": "chat.completion.chunk", "created": 1700000000, "model": "m"}
TOKEN = re.compile(rb"case:([0-9]+)")


def send(data):
    return ("send", data if isinstance(data, bytes) else data.encode())


def pause(seconds):
    return ("pause", seconds)


def drip(data, at_once=1, seconds=0.0):
    return ("drip", data, at_once, seconds)


FIN, RESET, HANG = ("fin",), ("reset",), ("hang",)


def head(status="200 OK", kind="application/json", extra=(), length=None, version="HTTP/1.1"):
    lines = [f"{version} {status}", f"Content-Type: {kind}"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines + list(extra)) + "\r\n\r\n").encode()


def whole(body, status="200 OK", kind="application/json", extra=(), version="HTTP/1.1"):
    body = body if isinstance(body, bytes) else body.encode()
    return head(status, kind, extra, len(body), version) + body


def chunk(data):
    data = data if isinstance(data, bytes) else data.encode()
    return b"%x\r\n%s\r\n" % (len(data), data)


def streamed(events, kind="text/event-stream", ending=b"0\r\n\r\n", extra=()):
    top = head(kind=kind, extra=["Transfer-Encoding: chunked", *extra])
    return top + b"".join(chunk(event) for event in events) + ending


def sse(data, end="\n"):
    return f"data: {data}{end}{end}"


def dumps(value):
    return json.dumps(value, ensure_ascii=False)


def delta(text=None, finish=None, **more):
    change = {} if text is None else {"content": text}
    return dumps({**MEMBERS, "choices": [{"index": 0, "delta": {**change, **more}, "finish_reason": finish}]})


def completion(text, finish="stop", usage=USAGE):
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    return dumps({**MEMBERS, "object": "chat.completion", "choices": [choice], "usage": usage})


def openai_events(pieces=PIECES):
    events = [delta("", role="assistant"), *(delta(piece) for piece in pieces), delta(finish="stop")]
    return events + [dumps({**MEMBERS, "choices": [], "usage": USAGE}), "[DONE]"]


def anthropic_events(pieces=PIECES):
    events = [{"type": "message_start", "message": {"usage": {"input_tokens": 3}}}]
    events += [{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}} for piece in pieces]
    events += [{"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}}]
    return [f"event: {event['type']}\ndata: {dumps(event)}\n\n" for event in events + [{"type": "message_stop"}]]


def ollama_lines(pieces=PIECES):
    lines = [{"message": {"role": "assistant", "content": piece}, "done": False} for piece in pieces]
    lines.append({"message": {"content": ""}, "done": True, "done_reason": "stop", "eval_count": 2, "prompt_eval_count": 3})
    return [dumps(line) + "\n" for line in lines]


def good_whole(text=SICK):
    return whole(completion(text))


def good_stream(pieces=PIECES):
    return streamed([sse(event) for event in openai_events(pieces)])


def good(body, text, pieces):
    """A sound answer in the form that was asked for."""
    return good_stream(pieces) if is_streamed(body) else good_whole(text)


def is_streamed(body):
    return re.search(rb'"stream": ?true', body) is not None


class Upstream:
    """`asked[token][model]` counts requests; `left[token]` counts clients that hung up during an answer.

    Beside the first port each lane has three of its own, for as many experts as it asks at a time: connections are kept for
    a port, so that a fault never closes one just as another question goes out on it."""

    def __init__(self):
        self.scripts = {}
        self.asked = collections.defaultdict(collections.Counter)
        self.left = collections.Counter()
        self.busy = collections.Counter()
        self.ports = []
        self.strangers = 0
        self.connections = 0

    async def start(self, lanes):
        self.servers = []
        for _ in range(1 + 3 * lanes):
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0, limit=1 << 20, backlog=4096)
            self.servers.append(server)
            self.ports.append(server.sockets[0].getsockname()[1])

    async def settled(self, token):
        """Returns when all that was begun for a token has been done, the closing of connections included."""
        until = time.monotonic() + 5
        while self.busy[token] and time.monotonic() < until:
            await asyncio.sleep(0.001)

    def steps(self, token, model, body, count):
        if model.startswith("well"):
            return [send(good(body, WELL, [WELL[:10], WELL[10:]]))]
        script = self.scripts.get(token)
        if script is None:
            return [send(good(body, SICK, PIECES))]
        return script(body, count)

    async def serve(self, reader, writer):
        self.connections += 1
        token = None
        try:
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # What is sent has left this program when it goes on.
            writer.transport.set_write_buffer_limits(0)
            while True:
                top = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"content-length: *([0-9]+)", top, re.I)
                body = await reader.readexactly(int(length[1]) if length else 0)
                found = TOKEN.search(body)
                token = int(found[1]) if found else None
                if token is None:
                    self.strangers += 1
                model = re.search(rb'"model": ?"([^"]*)"', body)
                model = model[1].decode() if model else ""
                self.asked[token][model] += 1
                self.busy[token] += 1
                steps = self.steps(token, model, body, self.asked[token][model] - 1)
                if not await self.perform(steps, reader, writer, token):
                    return
                self.rest(token)
                token = None
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError, ConnectionError, OSError):
            pass
        finally:
            writer.close()
            try:
                await writer.wait_closed()
            except OSError:
                pass
            self.rest(token)

    def rest(self, token):
        self.busy[token] -= 1
        if self.busy[token] <= 0:
            del self.busy[token]

    async def perform(self, steps, reader, writer, token):
        """False if the connection is over."""
        try:
            for step in steps:
                kind = step[0]
                if kind == "send":
                    writer.write(step[1])
                    await writer.drain()
                elif kind == "pause":
                    await asyncio.sleep(step[1])
                elif kind == "drip":
                    _, data, at_once, seconds = step
                    for start in range(0, len(data), at_once):
                        if reader.at_eof() or writer.transport.is_closing():
                            raise ConnectionResetError
                        writer.write(data[start:start + at_once])
                        await writer.drain()
                        await asyncio.sleep(seconds)
                elif kind == "fin":
                    return False
                elif kind == "reset":
                    writer.get_extra_info("socket").setsockopt(
                        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    writer.transport.abort()
                    return False
                elif kind == "hang":
                    if not await reader.read(1):
                        raise ConnectionResetError
        except (ConnectionError, OSError):
            self.left[token] += 1
            return False
        return True
