"""nginx for the benchmarks: one process as the upstream that always gives the same answer, or as a plain proxy."""

import pathlib
import socket
import subprocess
import time

# What both share. Files stay below the benchmark's own folder; no log of requests, as Muster keeps none either.
FRAME = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
worker_processes {workers};
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    keepalive_timeout 600s;
    client_max_body_size 16m;
    client_body_buffer_size 512k;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{inside}
}}
"""

UPSTREAM = """\
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        default_type application/json;
        location = /v1/chat/completions {{ return 200 '{answer}'; }}
        location = /health {{ return 200 'ok'; }}
    }}
"""

PROXY = """\
    upstream mock {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000000; }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            proxy_pass http://mock;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
        }}
    }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process, what, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"{what} ended at once, with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"{what} did not listen within {seconds} s")


def start(program, folder, inside, port, what, workers):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, inside=inside, workers=workers))
    log = open(folder / "errors.log", "wb")
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"], stdout=log, stderr=log,
        stdin=subprocess.DEVNULL)
    wait_for(port, process, what)
    return process


def upstream(program, folder, answer, workers):
    port = free_port()
    return port, start(program, folder, UPSTREAM.format(port=port, answer=answer), port, "the mock upstream", workers)


def proxy(program, folder, target, workers):
    port = free_port()
    return port, start(program, folder, PROXY.format(port=port, upstream=target), port, "nginx as a proxy", workers)
