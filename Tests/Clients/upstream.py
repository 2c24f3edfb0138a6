"""A server of OpenAI's format for the tests: it keeps what it was sent and answers with what was asked for.

python Tests/Clients/upstream.py PORT_FILE
"""

import http.server
import json
import sys

seen = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, body, kind="application/json"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply(json.dumps(seen).encode())

    def do_POST(self):
        written = self.rfile.read(int(self.headers["Content-Length"])).decode()
        body = json.loads(written)
        seen.append({"path": self.path, "key": self.headers.get("Authorization"), "body": body, "written": written})
        if self.path == "/v1/embeddings":
            size = body.get("dimensions") or 4
            data = [{"object": "embedding", "index": index, "embedding": [3.0, 4.0] + [0.0] * (size - 2)}
                    for index, _ in enumerate(body["input"])]
            return self.reply(json.dumps({"object": "list", "data": data, "model": "vector-model"}).encode())
        text = "hello"
        if body.get("response_format", {}).get("type") == "json_schema":
            text = json.dumps({name: 1 for name in body["response_format"]["json_schema"]["schema"]["properties"]})
        token = {"token": text, "logprob": -0.25, "bytes": list(text.encode()),
                 "top_logprobs": [{"token": text, "logprob": -0.25, "bytes": None}]}
        chances = {"content": [token], "refusal": None} if body.get("logprobs") else None
        usage = {"prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6}
        head = {"id": "upstream-1", "created": 1, "model": "upstream-model", "system_fingerprint": "fp_1"}
        if not body.get("stream"):
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "logprobs": chances,
                      "finish_reason": "stop"}
            return self.reply(json.dumps({**head, "object": "chat.completion", "choices": [choice],
                                          "usage": usage}).encode())
        head["object"] = "chat.completion.chunk"
        events = [
            {**head, "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]},
            {**head, "choices": [{"index": 0, "delta": {"content": text}, "logprobs": chances, "finish_reason": None}]},
            {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
            {**head, "choices": [], "usage": usage},
        ]
        lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        return self.reply(lines.encode(), "text/event-stream")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1], "w") as file:
    file.write(str(server.server_address[1]))
server.serve_forever()
