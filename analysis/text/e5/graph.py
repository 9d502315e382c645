"""The encoder's graph for onnxruntime, written node by node: 12 layers of attention, then the mean of a text's pieces.

The architecture is BERT's (Devlin et al. 2019), as XLM-R and multilingual E5 (Wang et al. 2024, arXiv:2402.05672) use
it. The weights stay the 4-bit blocks of the package: MatMulNBits reads them as they are, so nothing is lost again.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from analysis.text.e5.lessons import Lessons
from analysis.text.e5.weights import Floats, Weights, unpacked

_OPSET, _IR = 20, 10
#: What a piece that is not there is told to weigh.
_NOT_THERE = -10_000.0


def write_graph(weights: Weights, lessons: Lessons, path: Path) -> None:
    """Write the graph: inputs `pieces` (texts x pieces x width) and `there` (texts x pieces), output `rows`."""
    graph = _Graph(weights, lessons)
    embedded = graph.normalised(graph.node("Add", "pieces", graph.position()), "emb.ln")
    mask = graph.mask()
    for layer in range(weights.layers):
        embedded = graph.layer(f"l{layer}", embedded, mask)
    graph.mean(embedded)
    onnx.save(graph.model(), str(path))


class _Graph:
    def __init__(self, weights: Weights, lessons: Lessons) -> None:
        self.weights, self.lessons = weights, lessons
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def node(self, kind: str, *inputs: str, domain: str = "", output: str = "", **attributes: object) -> str:
        output = output or f"{kind}-{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [output], domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in sorted(attributes.items()))
        self.nodes.append(node)
        return output

    def constant(self, value: np.ndarray[Any, Any]) -> str:
        name = f"constant-{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def numbers(self, *values: int) -> str:
        return self.constant(np.array(values, dtype=np.int64))

    def number(self, value: int) -> str:
        return self.constant(np.array(value, dtype=np.int64))

    def position(self) -> str:
        width = self.weights.width
        places = self.weights.floats("emb.pos", -1, width) + self.weights.floats("emb.type", -1, width)[:1]
        length = self.node("Gather", self.node("Shape", "pieces"), self.numbers(1), axis=0)
        return self.node("Slice", self.constant(places), self.numbers(0), length, self.numbers(0))

    def mask(self) -> str:
        absent = self.node("Sub", self.constant(np.array([1], np.float32)), "there")
        heavy = self.node("Mul", absent, self.constant(np.array([_NOT_THERE], np.float32)))
        return self.node("Unsqueeze", heavy, self.numbers(1, 2))

    def layer(self, name: str, x: str, mask: str) -> str:
        attended = self.linear(self.attention(name, x, mask), [f"{name}.ao"])
        x = self.normalised(self.node("Add", x, attended), f"{name}.aln")
        wide = self.node("Gelu", self.linear(x, [f"{name}.fi"]))
        return self.normalised(self.node("Add", x, self.linear(wide, [f"{name}.fo"])), f"{name}.oln")

    def attention(self, name: str, x: str, mask: str) -> str:
        width, heads = self.weights.width, self.weights.heads
        together = self.linear(x, [f"{name}.q", f"{name}.k", f"{name}.v"])
        apart = self.node("Reshape", together, self.numbers(0, 0, 3, heads, width // heads))
        turned = self.node("Transpose", apart, perm=[2, 0, 3, 1, 4])
        query, key, value = (self.node("Gather", turned, self.number(i), axis=0) for i in range(3))
        scores = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        scaled = self.node("Mul", scores, self.constant(np.array([(width // heads) ** -0.5], np.float32)))
        shares = self.node("Softmax", self.node("Add", scaled, mask), axis=-1)
        seen = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        return self.node("Reshape", seen, self.numbers(0, 0, width))

    def linear(self, x: str, names: Sequence[str]) -> str:
        """x times the named matrices side by side, plus their biases."""
        width, inner = self.weights.width, self.weights.inner
        rows, columns = (inner if names[0].endswith("fi") else width), (inner if names[0].endswith("fo") else width)
        stored = [unpacked(self.weights.blocks(f"{name}.w", rows, columns)) for name in names]
        matrices = [matrix + self.lessons.change(name) for name, matrix in zip(names, stored, strict=True)]
        quantised, scales = _quantised(np.concatenate(matrices))
        bias = np.concatenate([self.weights.floats(f"{name}.b", rows) for name in names])
        inputs = [self.constant(one) for one in (quantised, scales, np.zeros_like(scales, dtype=np.int8), bias)]
        return self.node("DynamicQuantizeMatMul", x, *inputs, domain="com.microsoft")

    def normalised(self, x: str, name: str) -> str:
        scale, bias = (self.constant(self.weights.floats(f"{name}.{part}", self.weights.width)) for part in "wb")
        return self.node("LayerNormalization", x, scale, bias, epsilon=self.weights.epsilon)

    def mean(self, x: str) -> None:
        there = self.node("Unsqueeze", "there", self.numbers(2))
        total = self.node("ReduceSum", self.node("Mul", x, there), self.numbers(1), keepdims=0)
        self.node("LpNormalization", total, axis=-1, p=2, output="rows")

    def model(self) -> onnx.ModelProto:
        inputs = [
            helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["texts", "length", self.weights.width]),
            helper.make_tensor_value_info("there", TensorProto.FLOAT, ["texts", "length"]),
        ]
        rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["texts", self.weights.width])
        graph = helper.make_graph(self.nodes, "multilingual-e5-small", inputs, [rows], self.constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="voicebox")


def _quantised(matrix: Floats) -> tuple[np.ndarray[Any, np.dtype[np.int8]], Floats]:
    """A matrix (outputs x inputs) as 8-bit numbers (inputs x outputs) and one scale an output."""
    scales = np.maximum(np.abs(matrix).max(axis=1), np.finfo(np.float32).tiny) / 127
    return np.rint(matrix / scales[:, None]).astype(np.int8).T.copy(), scales.astype(np.float32)
