"""Writes the reference numbers of src/core/laboratory/pairs/network.ts: logits, loss and gradients of the network for two genres in PyTorch.

Needs torch 2.13:  python -m tests.reference.make_pairs
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from tests.reference.network_values import all_values, examples, filters

SHAPE, N = (64, 173, 1), 3
FILTERS, KERNEL = (8, 16), 5
SECOND, WEIGHTS = [1.0, 0.0, 1.0], [1.5, 0.5, 1.0]
SHAPES = {
    "first.kernel": [KERNEL, KERNEL, 1, FILTERS[0]],
    "first.bias": [FILTERS[0]],
    "second.kernel": [KERNEL, KERNEL, *FILTERS],
    "second.bias": [FILTERS[1]],
    "second genre.kernel": [13 * 40 * FILTERS[1], 1],
    "second genre.bias": [1],
}


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, FILTERS[0], KERNEL)
        self.second = nn.Conv2d(*FILTERS, KERNEL)
        self.out = nn.Linear(13 * 40 * FILTERS[1], 1)

    def forward(self, x):
        x = functional.max_pool2d(functional.relu(self.first(x)), 2)
        x = functional.max_pool2d(functional.relu(self.second(x)), 2)
        return self.out(x.permute(0, 2, 3, 1).flatten(1))


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values.detach(), dtype=float).ravel()]


if __name__ == "__main__":
    values = all_values(SHAPES)
    network = Pair()
    with torch.no_grad():
        for name in ("first", "second"):
            layer = getattr(network, name)
            layer.weight.copy_(torch.from_numpy(filters(values[f"{name}.kernel"])))
            layer.bias.copy_(torch.from_numpy(values[f"{name}.bias"]))
        network.out.weight.copy_(torch.from_numpy(values["second genre.kernel"].T.copy()))
        network.out.bias.copy_(torch.from_numpy(values["second genre.bias"]))
    # Double precision: which of two nearly equal values is the larger one decides gradients.
    network = network.double()
    logits = network(torch.from_numpy(examples(N, SHAPE)).permute(0, 3, 1, 2).double())
    weights, second = torch.tensor(WEIGHTS).double(), torch.tensor(SECOND).double()
    loss = functional.binary_cross_entropy_with_logits(logits[:, 0], second, weight=weights)
    loss.backward()
    result = {
        "n": N,
        "shape": SHAPE,
        "second": SECOND,
        "weights": WEIGHTS,
        "trained": SHAPES,
        "nParameters": sum(p.numel() for p in network.parameters()),
        "logits": rounded(logits),
        "loss": rounded(loss)[0],
        "gradients": {
            "first.kernel": rounded(network.first.weight.grad.permute(2, 3, 1, 0)),
            "second.kernel": rounded(network.second.weight.grad.permute(2, 3, 1, 0)),
        },
    }
    path = Path(__file__).parent / "pairs.json"
    path.write_text(json.dumps(result) + "\n")
    print(path, result["nParameters"], result["logits"])
