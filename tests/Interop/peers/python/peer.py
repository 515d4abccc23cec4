"""The grpcio side of the interop tests: one JSON command per line on stdin, one JSON answer per line on stdout.

{ seq, do: "call" | "cancel" | "serve" | "recall" | "release" | "drain", ... }  ->  { seq, result } or { seq, error }
"""
import json
import os
import sys
import threading
import traceback
from concurrent import futures

from caller import Caller
from contract import Contract
from server import Servers

# Calls that wait hold a thread each; the suite has 200 at once.
THREADS = 256


def main():
    contract = Contract(sys.argv[1])
    caller = Caller(contract)
    servers = Servers(contract)
    commands = {
        "call": caller.call,
        "cancel": lambda command: caller.cancel(command["call"]),
        "serve": servers.serve,
        "recall": lambda command: servers.recall(command["call"]),
        "release": lambda command: servers.release(command["call"]),
        "drain": lambda command: servers.drain(command["server"]),
    }
    output = threading.Lock()

    def answer(line):
        command = json.loads(line)
        try:
            reply = {"seq": command["seq"], "result": commands[command["do"]](command)}
        except Exception:
            reply = {"seq": command["seq"], "error": traceback.format_exc()}
        with output:
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.stdout.flush()

    pool = futures.ThreadPoolExecutor(THREADS)
    for line in sys.stdin:
        pool.submit(answer, line)
    # The test process is gone or done; handlers that still wait are of no use to anybody.
    os._exit(0)


main()
