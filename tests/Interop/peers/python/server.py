"""The servers of this peer, and what their handlers saw of calls that carry a name in x-call."""
import threading
from concurrent import futures

import grpc

from contract import MIRROR, add, fill, to_pairs

HEALTH = "grpc.health.v1.Health"
CODES = {code.value[0]: code for code in grpc.StatusCode}
# Handlers that wait hold a thread each; the suite has 200 at once.
THREADS = 256


class Servers:
    def __init__(self, contract):
        self._contract = contract
        self._servers = {}
        self._runs = {}
        self._releases = {}
        self._gate = threading.Lock()

    def serve(self, options):
        arguments = [("grpc.so_reuseport", 0)]
        if options.get("maxReceive"):
            arguments.append(("grpc.max_receive_message_length", options["maxReceive"]))
        compression = grpc.Compression.Gzip if options.get("compress") else None
        server = grpc.server(futures.ThreadPoolExecutor(THREADS), options=arguments, compression=compression)
        server.add_generic_rpc_handlers((self._mirror(), self._health()))
        address = "127.0.0.1:%d" % (options.get("port") or 0)
        security = options.get("security")
        port = server.add_secure_port(address, _credentials(security)) if security else server.add_insecure_port(address)
        server.start()
        self._servers[port] = server
        return {"server": port, "port": port}

    def recall(self, name):
        run = self._runs.get(name)
        return run.seen if run else None

    def release(self, name):
        self._release_of(name).set()

    def drain(self, server):
        self._servers[server].stop(grace=30)

    def _mirror(self):
        def ask(order, context):
            with self._start(context) as run:
                run.carry_out(order)
                return run.complete(run.answer(order))

        def download(order, context):
            with self._start(context) as run:
                yield from run.carry_out_streaming(order, order.answers)
                run.complete()

        def upload(orders, context):
            with self._start(context) as run:
                last = self._contract.types(MIRROR, "Upload")[0]()
                for last in orders:
                    run.carry_out(last)
                    if last.enough:
                        break
                return run.complete(run.answer(last))

        def chat(orders, context):
            with self._start(context) as run:
                for order in orders:
                    yield from run.carry_out_streaming(order, 1)
                    if order.enough:
                        break
                run.complete()

        return self._handlers(MIRROR, {
            "Ask": (grpc.unary_unary_rpc_method_handler, ask),
            "Download": (grpc.unary_stream_rpc_method_handler, download),
            "Upload": (grpc.stream_unary_rpc_method_handler, upload),
            "Chat": (grpc.stream_stream_rpc_method_handler, chat),
        })

    def _health(self):
        response = self._contract.types(HEALTH, "Check")[1]

        def check(request, context):
            if request.service not in ("", MIRROR):
                context.abort(grpc.StatusCode.NOT_FOUND, "unknown service")
            return response(status=1)

        def watch(request, context):
            ended = threading.Event()
            context.add_callback(ended.set)
            yield response(status=1 if request.service in ("", MIRROR) else 3)
            # Stays open, as the protocol of health checks says.
            ended.wait()

        return self._handlers(HEALTH, {
            "Check": (grpc.unary_unary_rpc_method_handler, check),
            "Watch": (grpc.unary_stream_rpc_method_handler, watch),
        })

    def _handlers(self, service, methods):
        handlers = {}
        for name, (make, handle) in methods.items():
            request, response = self._contract.types(service, name)
            handlers[name] = make(handle, request_deserializer=request.FromString, response_serializer=response.SerializeToString)
        return grpc.method_handlers_generic_handler(service, handlers)

    def _start(self, context):
        name = dict(context.invocation_metadata()).get("x-call")
        run = _Run(context, self._contract.types(MIRROR, "Ask")[1], self._release_of(name))
        if name:
            self._runs[name] = run
        return run

    def _release_of(self, name):
        with self._gate:
            return self._releases.setdefault(name, threading.Event())


class _Run:
    """One call that is served."""

    def __init__(self, context, answer_type, release):
        self._context = context
        self._answer_type = answer_type
        self._release = release
        self._over = threading.Event()
        self._completed = False
        self._number = self._bytes = self._sum = 0
        self._echoes = [pair for pair in context.invocation_metadata() if pair[0].startswith("x-echo-")]
        left = context.time_remaining()
        self.seen = dict(
            waiting=False,
            cancelled=False,
            ended=False,
            orders=0,
            deadline_ms=int(left * 1000) if left is not None and left < 1e9 else 0,
            # grpcio gives the authority to nobody but its own call details.
            authority=context._rpc_event.call_details.host.decode(),
            metadata=[dict(key=key, value=value) for key, value in to_pairs(context.invocation_metadata())],
        )
        context.add_callback(self._end)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.seen["ended"] = True

    def complete(self, answer=None):
        self._completed = True
        return answer

    def carry_out(self, order):
        for _ in self.carry_out_streaming(order, 0):
            pass

    def carry_out_streaming(self, order, answers):
        self.seen["orders"] += 1
        self._bytes += len(order.payload)
        self._sum = add(self._sum, order.payload)
        if order.echo_trailers:
            self._context.set_trailing_metadata(self._echoes)
        if order.early_headers:
            self._context.send_initial_metadata((("x-early", "yes"), ("x-early-bin", b"\x00\xff"), *self._echoes))
        for _ in range(answers):
            yield self.answer(order)
        if order.wait:
            self.seen["waiting"] = True
            (self._over if order.wait == 1 else self._release).wait()
        if order.crash:
            raise RuntimeError("crash of the handler")
        if order.HasField("failure") and self._concerns(order.failure):
            self._fail(order)

    def answer(self, order):
        self._number += 1
        return self._answer_type(
            text=order.text,
            payload=fill(order.answer_bytes),
            number=self._number,
            received_bytes=self._bytes,
            received_sum=self._sum,
            orders=self.seen["orders"],
        )

    def _concerns(self, failure):
        previous = int(dict(self._context.invocation_metadata()).get("grpc-previous-rpc-attempts", 0))
        return failure.attempts == 0 or previous < failure.attempts

    def _fail(self, order):
        self._completed = True
        trailers = [*(self._echoes if order.echo_trailers else ()), ("x-failure", "yes")]
        if order.failure.details:
            trailers.append(("grpc-status-details-bin", order.failure.details))
        if order.failure.pushback:
            trailers.append(("grpc-retry-pushback-ms", order.failure.pushback))
        self._context.set_trailing_metadata(trailers)
        self._context.abort(CODES[order.failure.code], order.failure.text)

    def _end(self):
        self.seen["cancelled"] = not self._completed
        self._over.set()


def _credentials(security):
    def read(name):
        return open(security[name], "rb").read()

    return grpc.ssl_server_credentials([(read("key"), read("certificate"))], read("roots"), security["mutual"])
