"""Writes the reference numbers of src/core/laboratory/divide-and-conquer/network.ts: logits, loss and gradients of its variants in PyTorch.

Needs torch 2.13:  python -m tests.reference.make_divide_and_conquer
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from tests.reference.network_values import all_values, examples, filters

# 3 s and 10 s: the recurrent layers take 8 and 26 steps.
N_MELS, N, N_CLASSES = 128, 2, 10
UNITS, L2 = 32, 1e-3
CLASSES, WEIGHTS = [3, 8], [1.5, 0.5]
BLOCKS = {
    4: [(8, (4, 2)), (16, (4, 2)), (32, (4, 2)), (32, (2, 2))],
    3: [(8, (4, 2)), (16, (4, 2)), (32, (4, 4))],
    2: [(8, (4, 4)), (16, (8, 4))],
}


def shapes_of(n_convolutions, recurrent):
    """In the order in which the application's layers ask for their tensors: those that learn, then the running ones."""
    trained, running, n_in, height = {}, {}, 1, N_MELS
    for i, (n_out, pool) in enumerate(BLOCKS[n_convolutions]):
        trained[f"block{i + 1}.kernel"] = [3, 3, n_in, n_out]
        trained[f"block{i + 1}.bias"] = [n_out]
        running[f"block{i + 1}.norm.mean"] = [n_out]
        running[f"block{i + 1}.norm.variance"] = [n_out]
        trained[f"block{i + 1}.norm.gamma"] = [n_out]
        trained[f"block{i + 1}.norm.beta"] = [n_out]
        n_in, height = n_out, height // pool[0]
    gates = (3 if recurrent == "gru" else 4) * UNITS
    trained[f"{recurrent}.input.kernel"] = [n_in * height, gates]
    trained[f"{recurrent}.input.bias"] = [gates]
    trained[f"{recurrent}.recurrent.kernel"] = [UNITS, gates]
    trained[f"{recurrent}.recurrent.bias"] = [gates]
    trained["classes.kernel"] = [UNITS, N_CLASSES]
    trained["classes.bias"] = [N_CLASSES]
    return trained, running


class DivideAndConquer(nn.Module):
    def __init__(self, n_convolutions, recurrent):
        super().__init__()
        self.blocks = BLOCKS[n_convolutions]
        channels = [1] + [n for n, _ in self.blocks]
        self.convolve = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(channels, channels[1:]))
        self.norm = nn.ModuleList(nn.BatchNorm2d(n) for n in channels[1:])
        height = N_MELS // int(np.prod([pool[0] for _, pool in self.blocks]))
        layer = nn.GRU if recurrent == "gru" else nn.LSTM
        self.recurrent = layer(channels[-1] * height, UNITS, batch_first=True)
        self.classes = nn.Linear(UNITS, N_CLASSES)

    def forward(self, x):
        for (_, pool), convolve, norm in zip(self.blocks, self.convolve, self.norm):
            x = norm(functional.max_pool2d(functional.relu(convolve(x)), pool))
        sequence = x.permute(0, 3, 2, 1).flatten(2)
        return self.classes(self.recurrent(sequence)[0][:, -1])

    def load(self, values, name):
        targets = {"classes.bias": self.classes.bias}
        turned = {"classes.kernel": self.classes.weight}
        for i in range(len(self.blocks)):
            targets |= {
                f"block{i + 1}.bias": self.convolve[i].bias,
                f"block{i + 1}.norm.gamma": self.norm[i].weight,
                f"block{i + 1}.norm.beta": self.norm[i].bias,
                f"block{i + 1}.norm.mean": self.norm[i].running_mean,
                f"block{i + 1}.norm.variance": self.norm[i].running_var,
            }
        for part, ours in (("ih", "input"), ("hh", "recurrent")):
            turned[f"{name}.{ours}.kernel"] = getattr(self.recurrent, f"weight_{part}_l0")
            targets[f"{name}.{ours}.bias"] = getattr(self.recurrent, f"bias_{part}_l0")
        with torch.no_grad():
            for i, convolve in enumerate(self.convolve):
                convolve.weight.copy_(torch.from_numpy(filters(values[f"block{i + 1}.kernel"])))
            for key, target in turned.items():
                target.copy_(torch.from_numpy(values[key].T.copy()))
            for key, target in targets.items():
                target.copy_(torch.from_numpy(values[key]))
        return self


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values.detach(), dtype=float).ravel()]


def case(n_convolutions, recurrent, uses_l2, n_frames):
    trained, running = shapes_of(n_convolutions, recurrent)
    # Double precision: which of two nearly equal values is the larger one decides gradients.
    network = DivideAndConquer(n_convolutions, recurrent).load(all_values(trained | running), recurrent).double()
    x = torch.from_numpy(examples(N, (N_MELS, n_frames, 1))).permute(0, 3, 1, 2).double()
    logits = network.eval()(x)
    network.train()
    loss = (torch.tensor(WEIGHTS).double() * functional.cross_entropy(network(x), torch.tensor(CLASSES), reduction="none")).mean()
    if uses_l2:
        kernels = [c.weight for c in network.convolve]
        kernels += [network.recurrent.weight_ih_l0, network.recurrent.weight_hh_l0, network.classes.weight]
        loss = loss + L2 * sum(kernel.square().sum() for kernel in kernels)
    loss.backward()
    return {
        "options": {"nConvolutions": n_convolutions, "recurrent": recurrent, "usesL2": uses_l2},
        "nFrames": n_frames,
        "nParameters": sum(p.numel() for p in network.parameters()),
        "trained": trained,
        "running": running,
        "logits": rounded(logits),
        "loss": rounded(loss)[0],
        "gradients": {
            "block1.kernel": rounded(network.convolve[0].weight.grad.permute(2, 3, 1, 0)),
            f"{recurrent}.recurrent.bias": rounded(network.recurrent.bias_hh_l0.grad),
        },
    }


if __name__ == "__main__":
    cases = [
        case(4, "lstm", False, 129),
        case(4, "lstm", True, 427),
        case(3, "lstm", False, 129),
        case(2, "lstm", False, 129),
        case(4, "gru", False, 129),
    ]
    result = {"n": N, "nMels": N_MELS, "nClasses": N_CLASSES, "classes": CLASSES, "weights": WEIGHTS, "cases": cases}
    path = Path(__file__).parent / "divide-and-conquer.json"
    path.write_text(json.dumps(result) + "\n")
    print(path, [c["nParameters"] for c in cases])
