"""Makes the call that a plan describes and tells what came of it."""
import base64
import json
import threading

import grpc
from google.protobuf import json_format

from contract import add, fill, to_metadata, to_pairs

COMPRESSIONS = {"deflate": grpc.Compression.Deflate, "gzip": grpc.Compression.Gzip}
ANSWERS_KEPT = 64


class Caller:
    def __init__(self, contract):
        self._contract = contract
        self._channels = {}
        self._calls = {}
        self._gate = threading.Lock()

    def call(self, plan):
        outcome = dict(code=None, details="", headers=None, trailers=[], answers=[], answerCount=0, payloadBytes=0, payloadSum=0, refused=None)
        try:
            call = _Call(plan, self._contract)
            self._calls[plan["name"]] = call
            call.run(self._channel(plan), outcome)
        except (ValueError, TypeError, UnicodeError) as failure:
            outcome["refused"] = str(failure)
        return outcome

    def cancel(self, name):
        self._calls[name].cancel()

    def _channel(self, plan):
        key = json.dumps([plan["target"], plan["security"], plan["options"]])
        with self._gate:
            if key not in self._channels:
                self._channels[key] = _open(plan["target"], plan["security"], plan["options"])
            return self._channels[key]


class _Call:
    def __init__(self, plan, contract):
        self._plan = plan
        types = contract.types(plan["service"], plan["method"])
        raw = plan.get("raw")
        self._serialize = (lambda request: request.SerializeToString()) if raw is None else (lambda request: base64.b64decode(raw))
        self._deserialize = types[1].FromString
        once = [json_format.ParseDict(request, types[0]()) for request in plan["requests"]]
        if plan.get("fill"):
            for request in once:
                request.payload = fill(plan["fill"])
        self._requests = once * plan.get("repeat", 1)
        self._may_send = threading.Semaphore(0)
        self._started = threading.Event()
        self._over = threading.Event()

    def run(self, channel, outcome):
        self._open = call = self._start(channel)
        self._started.set()
        call.add_done_callback(lambda _: self._end()) if hasattr(call, "add_done_callback") else call.add_callback(self._end)
        try:
            self._follow(call, outcome)
        except (grpc.RpcError, grpc.FutureCancelledError):
            # The status tells the same and more.
            pass
        finally:
            self._end()
        code = call.code()
        outcome["code"] = code.value[0] if isinstance(code, grpc.StatusCode) else code
        outcome["details"] = call.details() or ""
        outcome["headers"] = to_pairs(call.initial_metadata())
        outcome["trailers"] = to_pairs(call.trailing_metadata())

    def cancel(self):
        # The server may know of the call before the thread that started it comes to note it.
        self._started.wait()
        self._open.cancel()

    def _start(self, channel):
        plan = self._plan
        path = "/%s/%s" % (plan["service"], plan["method"])
        deadline = plan.get("deadlineMs")
        options = dict(
            timeout=None if deadline is None else deadline / 1000,
            metadata=to_metadata(plan.get("metadata")),
            wait_for_ready=plan.get("waitForReady"),
        )
        codec = dict(request_serializer=self._serialize, response_deserializer=self._deserialize)
        if plan["kind"] == "unary":
            return channel.unary_unary(path, **codec).future(self._requests[0], **options)
        if plan["kind"] == "serverStream":
            return channel.unary_stream(path, **codec)(self._requests[0], **options)
        if plan["kind"] == "clientStream":
            return channel.stream_unary(path, **codec).future(self._send(), **options)
        return channel.stream_stream(path, **codec)(self._send(), **options)

    def _follow(self, call, outcome):
        plan = self._plan
        if plan.get("cancelAtOnce"):
            call.cancel()
        if plan.get("cancelOnHeaders"):
            call.initial_metadata()
            call.cancel()
        single = plan["kind"] in ("unary", "clientStream")
        for answer in [call.result()] if single else call:
            if answer is None:
                # A server that says OK without an answer: the library does not mind.
                break
            _note(outcome, answer)
            self._may_send.release()
            if outcome["answerCount"] == plan.get("cancelAfterAnswers"):
                call.cancel()

    def _send(self):
        """Runs on a thread of grpcio, which must not be left waiting when the call is over."""
        for number, request in enumerate(self._requests):
            if number > 0 and self._plan.get("pingPong"):
                self._may_send.acquire()
            if self._over.is_set():
                return
            yield request
        if self._plan.get("pingPong"):
            self._may_send.acquire()
        if self._plan.get("hold"):
            self._over.wait()

    def _end(self):
        self._over.set()
        self._may_send.release()


def _note(outcome, answer):
    payload = getattr(answer, "payload", b"")
    outcome["answerCount"] += 1
    outcome["payloadBytes"] += len(payload)
    outcome["payloadSum"] = add(outcome["payloadSum"], payload)
    if len(outcome["answers"]) < ANSWERS_KEPT:
        if payload:
            answer.ClearField("payload")
        outcome["answers"].append(json_format.MessageToDict(answer))


def _open(target, security, options):
    arguments = [
        ("grpc.max_send_message_length", options.get("maxSend")),
        ("grpc.max_receive_message_length", options.get("maxReceive")),
        ("grpc.default_authority", options.get("authority")),
        ("grpc.service_config", options.get("attempts") and _retry_config(options["attempts"])),
        ("grpc.keepalive_time_ms", options.get("keepaliveMs")),
        # Else it stops after two pings without data.
        ("grpc.http2.max_pings_without_data", 0),
        # Else channels to the same address with the same arguments share one connection.
        ("grpc.use_local_subchannel_pool", 1),
        ("grpc.initial_reconnect_backoff_ms", 100),
    ]
    arguments = [(key, value) for key, value in arguments if value is not None]
    # By call it would be left out of client streams by this version.
    compression = COMPRESSIONS.get(options.get("compression"))
    if not security:
        return grpc.insecure_channel(target, arguments, compression)

    def read(name):
        return open(security[name], "rb").read() if security.get(name) else None

    credentials = grpc.ssl_channel_credentials(read("roots"), read("key"), read("certificate"))
    return grpc.secure_channel(target, credentials, arguments, compression)


def _retry_config(attempts):
    policy = dict(maxAttempts=attempts, initialBackoff="0.05s", maxBackoff="0.1s", backoffMultiplier=1, retryableStatusCodes=["UNAVAILABLE"])
    return json.dumps(dict(methodConfig=[dict(name=[{}], retryPolicy=policy)]))
