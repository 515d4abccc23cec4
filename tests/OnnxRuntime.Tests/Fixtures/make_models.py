"""Writes the small models that these tests load. Run with Debian's python3-onnx: python3 make_models.py"""
import onnx
from onnx import TensorProto as T, helper as h


def save(name, nodes, inputs, outputs):
    graph = h.make_graph(nodes, name, inputs, outputs, doc_string=f"graph of {name}")
    model = h.make_model(
        graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8, producer_name="fixtures", domain="test.promptplatform",
        model_version=7, doc_string="größer")
    h.set_model_props(model, {"task": "addition", "empty": ""})
    onnx.save(model, f"{name}.onnx")


# sum[n] = a[n] + b[n], any n
save(
    "sum",
    [h.make_node("Add", ["a", "b"], ["sum"])],
    [h.make_tensor_value_info("a", T.FLOAT, ["n"]), h.make_tensor_value_info("b", T.FLOAT, ["n"])],
    [h.make_tensor_value_info("sum", T.FLOAT, ["n"])],
)

# sum = start + 1 + 1 + ..., as many ones as rounds; a Run as long as one likes
body = h.make_graph(
    [h.make_node("Add", ["before", "one"], ["after"]), h.make_node("Identity", ["go"], ["on"])],
    "body",
    [h.make_tensor_value_info("i", T.INT64, []), h.make_tensor_value_info("go", T.BOOL, []), h.make_tensor_value_info("before", T.FLOAT, [])],
    [h.make_tensor_value_info("on", T.BOOL, []), h.make_tensor_value_info("after", T.FLOAT, [])],
    [h.make_tensor("one", T.FLOAT, [], [1.0])],
)
save(
    "loop",
    [h.make_node("Loop", ["rounds", "", "start"], ["sum"], body=body)],
    [h.make_tensor_value_info("rounds", T.INT64, []), h.make_tensor_value_info("start", T.FLOAT, [])],
    [h.make_tensor_value_info("sum", T.FLOAT, [])],
)
