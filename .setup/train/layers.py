"""The encoder in torch: the lower layers as they are, the upper ones with thin changes that can be learned (LoRA)."""

import math
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper
from torch import nn
from torch.nn import functional

from analysis.text.e5.graph import _Graph
from analysis.text.e5.lessons import Lessons
from analysis.text.e5.weights import Weights, unpacked

#: Layers below this one stay as they are; rank of a change; share of numbers left out while learning.
LOWEST, RANK, DROPPED = 6, 16, 0.1
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")


class Changed(nn.Module):
    """A matrix of the encoder and what is learned on top of it."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        out, into = _sides(weights, name)
        self.matrix = torch.tensor(unpacked(weights.blocks(f"{name}.w", out, into)))
        self.bias = torch.tensor(weights.floats(f"{name}.b", out))
        self.wide = nn.Parameter(torch.randn(RANK, into) / math.sqrt(into))
        self.thin = nn.Parameter(torch.zeros(out, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = functional.linear(x, self.matrix, self.bias)
        return kept + functional.linear(functional.linear(x, self.wide), self.thin)


class Upper(nn.Module):
    """Layers LOWEST to the last, and the mean over a text's pieces."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights = weights
        self.numbers = range(LOWEST, weights.layers)
        self.parts = nn.ModuleDict(
            {f"l{i}_{name}": Changed(weights, f"l{i}.{name}") for i in self.numbers for name in _MATRICES}
        )

    def forward(self, x: torch.Tensor, there: torch.Tensor, dropped: float = 0.0) -> torch.Tensor:
        heavy = (1 - there)[:, None, None, :] * -10_000.0
        for i in self.numbers:
            x = self._layer(i, x, heavy, dropped)
        mask = there.unsqueeze(-1)
        return functional.normalize((x * mask).sum(1) / mask.sum(1), dim=-1)

    def _layer(self, i: int, x: torch.Tensor, heavy: torch.Tensor, dropped: float) -> torch.Tensor:
        texts, length, width = x.shape

        def apart(name: str) -> torch.Tensor:
            return self.parts[f"l{i}_{name}"](x).view(texts, length, self.weights.heads, -1).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(apart("q"), apart("k"), apart("v"), attn_mask=heavy)
        seen = self.parts[f"l{i}_ao"](seen.transpose(1, 2).reshape(texts, length, width))
        x = self._normalised(x + functional.dropout(seen, dropped, dropped > 0), f"l{i}.aln")
        wide = self.parts[f"l{i}_fo"](functional.gelu(self.parts[f"l{i}_fi"](x)))
        return self._normalised(x + functional.dropout(wide, dropped, dropped > 0), f"l{i}.oln")

    def _normalised(self, x: torch.Tensor, name: str) -> torch.Tensor:
        scale, bias = (torch.tensor(self.weights.floats(f"{name}.{part}", self.weights.width)) for part in "wb")
        return functional.layer_norm(x, (self.weights.width,), scale, bias, self.weights.epsilon)

    def learned(self) -> dict[str, Any]:
        """The changes as `analysis.text.e5.lessons` reads them."""
        found = {}
        for key, part in self.parts.items():
            name = key.replace("_", ".")
            found[f"{name}.thin"] = part.thin.detach().numpy().astype(np.float16)
            found[f"{name}.wide"] = part.wide.detach().numpy().astype(np.float16)
        return found


def lower_layers(weights: Weights, nothing: Lessons) -> onnxruntime.InferenceSession:
    """What ships, as far as the layer before LOWEST: learning starts from what the product computes."""
    graph = _Graph(weights, nothing)
    x, mask = graph.normalised(graph.node("Add", "pieces", graph.position()), "emb.ln"), graph.mask()
    for i in range(LOWEST):
        x = graph.layer(f"l{i}", x, mask)
    graph.node("Identity", x, output="hidden")
    sizes = ["texts", "length", weights.width]
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.FLOAT, sizes),
        helper.make_tensor_value_info("there", TensorProto.FLOAT, sizes[:2]),
    ]
    hidden = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, sizes)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    whole = helper.make_graph(graph.nodes, "lower", inputs, [hidden], graph.constants)
    model: onnx.ModelProto = helper.make_model(whole, opset_imports=opsets, ir_version=10)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def _sides(weights: Weights, name: str) -> tuple[int, int]:
    kind = name.rpartition(".")[2]
    return (weights.inner if kind == "fi" else weights.width), (weights.inner if kind == "fo" else weights.width)
