"""The services in the descriptor set that the tests wrote, and what grpcio and JSON have different words for."""
import base64

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

MIRROR = "promptplatform.tests.interop.v1.Mirror"
PATTERN = bytes(index * 7 % 251 for index in range(251))


class Contract:
    def __init__(self, file):
        files = descriptor_pb2.FileDescriptorSet()
        with open(file, "rb") as source:
            files.ParseFromString(source.read())
        self._pool = descriptor_pool.DescriptorPool()
        for proto in files.file:
            self._pool.Add(proto)
        self._factory = message_factory.MessageFactory(self._pool)

    def service(self, name):
        return self._pool.FindServiceByName(name)

    def types(self, service, method):
        """Request and response type of a method; one that the contract lacks looks like Ask."""
        try:
            found = self.service(service).methods_by_name[method]
        except KeyError:
            found = self.service(MIRROR).methods_by_name["Ask"]
        return self._factory.GetPrototype(found.input_type), self._factory.GetPrototype(found.output_type)


def to_pairs(metadata):
    """[key, value] pairs; bytes in base64."""
    return [
        [key, base64.b64encode(value).decode() if isinstance(value, bytes) else value]
        for key, value in metadata or ()
    ]


def to_metadata(pairs):
    return tuple((key, base64.b64decode(value) if key.endswith("-bin") else value) for key, value in pairs or ())


def fill(length):
    """Bytes that every side can make and check: easy to compress, and no two neighbours alike."""
    return (PATTERN * (length // len(PATTERN) + 1))[:length]


def add(start, data):
    return (start + sum(data)) % 2147483648
