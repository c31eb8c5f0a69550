"""Writes the reference numbers of src/core/laboratory/stems-cnn/network.ts: logits, loss and gradients of the four networks in PyTorch.

Needs torch 2.13:  python -m tests.reference.make_stems_cnn
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from tests.reference.network_values import all_values, examples, filters

SHAPE, N, N_CLASSES = (128, 458), 2, 10
FILTERS, POOL = (8, 16), 4
L1, L2 = 1e-5, 1e-4
CLASSES = [3, 8]
WEIGHTS = [1.5, 0.5]


def shapes_of(n_channels, separable):
    """In the order in which the application's layers ask for their tensors: those that learn, then the running ones."""
    trained, running, n_in = {}, {}, n_channels
    for name, n_out in zip(("first", "second"), FILTERS):
        if separable:
            trained[f"{name}.depthwise"] = [3, 3, n_in, 1]
            trained[f"{name}.kernel"] = [1, 1, n_in, n_out]
        else:
            trained[f"{name}.kernel"] = [3, 3, n_in, n_out]
        trained[f"{name}.bias"] = [n_out]
        trained[f"{name}.norm.gamma"] = [n_out]
        trained[f"{name}.norm.beta"] = [n_out]
        running[f"{name}.norm.mean"] = [n_out]
        running[f"{name}.norm.variance"] = [n_out]
        n_in = n_out
    trained["classes.kernel"] = [7 * 28 * FILTERS[1], N_CLASSES]
    trained["classes.bias"] = [N_CLASSES]
    return trained, running


class StemsCnn(nn.Module):
    def __init__(self, n_channels, separable):
        super().__init__()
        self.depthwise = nn.ModuleList()
        self.convolve = nn.ModuleList()
        self.norm = nn.ModuleList(nn.BatchNorm2d(n) for n in FILTERS)
        n_in = n_channels
        for n_out in FILTERS:
            if separable:
                self.depthwise.append(nn.Conv2d(n_in, n_in, 3, groups=n_in, bias=False))
            self.convolve.append(nn.Conv2d(n_in, n_out, 1 if separable else 3))
            n_in = n_out
        self.classes = nn.Linear(7 * 28 * FILTERS[1], N_CLASSES)

    def forward(self, x):
        for i in range(2):
            if self.depthwise:
                x = self.depthwise[i](x)
            x = self.norm[i](functional.max_pool2d(functional.relu(self.convolve[i](x)), POOL))
        return self.classes(x.permute(0, 2, 3, 1).flatten(1))

    def load(self, values):
        pairs = {"classes.bias": self.classes.bias}
        with torch.no_grad():
            for i, name in enumerate(("first", "second")):
                self.convolve[i].weight.copy_(torch.from_numpy(filters(values[f"{name}.kernel"])))
                if self.depthwise:
                    each = values[f"{name}.depthwise"].transpose(2, 3, 0, 1).copy()
                    self.depthwise[i].weight.copy_(torch.from_numpy(each))
                pairs |= {
                    f"{name}.bias": self.convolve[i].bias,
                    f"{name}.norm.gamma": self.norm[i].weight,
                    f"{name}.norm.beta": self.norm[i].bias,
                    f"{name}.norm.mean": self.norm[i].running_mean,
                    f"{name}.norm.variance": self.norm[i].running_var,
                }
            self.classes.weight.copy_(torch.from_numpy(values["classes.kernel"].T.copy()))
            for name, target in pairs.items():
                target.copy_(torch.from_numpy(values[name]))
        return self


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values.detach(), dtype=float).ravel()]


def case(n_channels, separable):
    trained, running = shapes_of(n_channels, separable)
    # Double precision: which of two nearly equal values is the larger one decides gradients.
    network = StemsCnn(n_channels, separable).load(all_values(trained | running)).double()
    x = torch.from_numpy(examples(N, (*SHAPE, n_channels))).permute(0, 3, 1, 2).double()
    logits = network.eval()(x)
    network.train()
    loss = (torch.tensor(WEIGHTS).double() * functional.cross_entropy(network(x), torch.tensor(CLASSES), reduction="none")).mean()
    for kernel in [*network.depthwise, *network.convolve, network.classes]:
        loss = loss + L1 * kernel.weight.abs().sum() + L2 * kernel.weight.square().sum()
    loss.backward()
    return {
        "nChannels": n_channels,
        "isSeparable": separable,
        "nParameters": sum(p.numel() for p in network.parameters()),
        "trained": trained,
        "running": running,
        "logits": rounded(logits),
        "loss": rounded(loss)[0],
        "gammaGradient": rounded(network.norm[0].weight.grad),
        "kernelGradient": rounded(network.convolve[0].weight.grad.permute(2, 3, 1, 0)),
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    cases = [case(1, False), case(3, False), case(3, True)]
    result = {"n": N, "shape": SHAPE, "nClasses": N_CLASSES, "classes": CLASSES, "weights": WEIGHTS, "cases": cases}
    path = Path(__file__).parent / "stems-cnn.json"
    path.write_text(json.dumps(result) + "\n")
    print(path, [c["nParameters"] for c in cases])
