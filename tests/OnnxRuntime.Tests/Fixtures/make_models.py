"""Writes the small model that these tests load. Run with Debian's python3-onnx: python3 make_models.py"""
import onnx
from onnx import TensorProto as T, helper as h


def save(name, nodes, inputs, outputs):
    graph = h.make_graph(nodes, name, inputs, outputs)
    onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8), f"{name}.onnx")


# sum[n] = a[n] + b[n], any n
save(
    "sum",
    [h.make_node("Add", ["a", "b"], ["sum"])],
    [h.make_tensor_value_info("a", T.FLOAT, ["n"]), h.make_tensor_value_info("b", T.FLOAT, ["n"])],
    [h.make_tensor_value_info("sum", T.FLOAT, ["n"])],
)
