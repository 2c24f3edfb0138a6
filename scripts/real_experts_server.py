"""Serves one expert's weights on loopback through llama.cpp's own OpenAI-compatible server, until it is asked to end.

Slots answer side by side in one continuous batch; each slot has its own share of the context, so that one long
question cannot take another's. Ends on SIGTERM or SIGINT. Exit codes: 1 the port is taken or another start of this
expert is under way, 3 the server cannot load.
"""

import argparse
import fcntl
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TextIO

LOOPBACK = "127.0.0.1"
# Prompt states kept for reuse; the library's own default of 8 GiB is more than small machines have.
PROMPT_CACHE_MIB = 256


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="a GGUF file")
    parser.add_argument("--alias", required=True, help="the name clients ask for")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--pid-file", type=Path, required=True, help="locked while this server lives; holds pid, port")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--slots", type=int, required=True, help="questions answered side by side")
    parser.add_argument("--slot-tokens", type=int, required=True, help="context of one slot, in tokens")
    return parser.parse_args()


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a connection that has just closed does not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            return True
        except OSError:
            return False


def claim(path: Path, port: int) -> TextIO | None:
    """Locks the pid file and writes pid and port into it; None when another server of this expert holds it."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    file.truncate(0)
    file.write(f"{os.getpid()} {port}\n")
    file.flush()
    return file


def main() -> int:
    wanted = arguments()
    if not port_is_free(wanted.port):
        print(f"port {wanted.port} of {LOOPBACK} is taken by another program", file=sys.stderr)
        return 1
    claimed = claim(wanted.pid_file, wanted.port)
    if claimed is None:
        print("another start of this expert is under way", file=sys.stderr)
        return 1
    try:
        import xllamacpp
    except ImportError as reason:
        print(f"xllamacpp cannot be loaded: {reason}", file=sys.stderr)
        return 3

    # Blocked before the server starts its threads, so that they inherit it and the signal comes to this one.
    ending = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ending)

    settings = xllamacpp.CommonParams()
    settings.model.path = str(wanted.model)
    settings.model_alias = {wanted.alias}
    settings.hostnames = [LOOPBACK]
    settings.port = wanted.port
    # The library divides n_ctx evenly over the slots as long as their memory is not unified.
    settings.n_parallel = wanted.slots
    settings.n_ctx = wanted.slots * wanted.slot_tokens
    settings.kv_unified = False
    settings.cont_batching = True
    settings.cpuparams.n_threads = wanted.threads
    settings.cpuparams_batch.n_threads = wanted.threads
    settings.cache_ram_mib = PROMPT_CACHE_MIB
    settings.endpoint_metrics = True
    settings.offline = True
    settings.ui = False
    # Web pages open in a browser here are not clients of this server.
    settings.cors_origins = f"http://{LOOPBACK}:{wanted.port}"
    try:
        server = xllamacpp.Server(settings)
    except Exception as reason:  # The binding passes the library's failures on as various types.
        print(f"llama.cpp's server did not start: {reason}", file=sys.stderr)
        return 3
    print(f"{wanted.alias} listens at {server.listening_address}", flush=True)
    signal.sigwait(ending)
    print(f"{wanted.alias} ends", flush=True)
    sys.stdout.flush()
    # The library waits for open answers when it is torn down; who stops an expert does not want to wait.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
