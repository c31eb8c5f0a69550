"""Writes the reference numbers of src/core/nn/tfjs/network: layers, losses and what a batch leaves in the running statistics, in PyTorch.

Needs torch 2.13:  python -m tests.reference.make_layers
Each case is what one layer gives on the same examples; the same in tests/core/nn/tfjs/network/references.test.ts.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from tests.reference.network_values import all_values, examples, filters

N, SHAPE = 2, (7, 9, 3)


def tensors(shapes):
    values = all_values(shapes)
    return values, {name: torch.from_numpy(value) for name, value in values.items()}


def pictures():
    return torch.from_numpy(examples(N, SHAPE)).permute(0, 3, 1, 2)


def sequence():
    """[n, features, steps]: channels of one step side by side, mel band by mel band."""
    x = torch.from_numpy(examples(N, SHAPE))
    return x.permute(0, 2, 1, 3).reshape(N, SHAPE[1], SHAPE[0] * SHAPE[2]).permute(0, 2, 1)


def last(y):
    """Channels last."""
    return y.permute(0, *range(2, y.ndim), 1)


def convolution(kernel, **options):
    shapes = {"layer.kernel": [*kernel, SHAPE[2], 5], "layer.bias": [5]}
    values, given = tensors(shapes)
    weight = torch.from_numpy(filters(values["layer.kernel"]))
    return shapes, last(functional.conv2d(pictures(), weight, given["layer.bias"], **options))


def separable():
    shapes = {"layer.depthwise": [3, 3, SHAPE[2], 1], "layer.kernel": [1, 1, SHAPE[2], 6], "layer.bias": [6]}
    values, given = tensors(shapes)
    each = torch.from_numpy(values["layer.depthwise"].transpose(2, 3, 0, 1).copy())
    y = functional.conv2d(pictures(), each, padding=1, groups=SHAPE[2])
    return shapes, last(functional.conv2d(y, torch.from_numpy(filters(values["layer.kernel"])), given["layer.bias"]))


def over_time():
    shapes = {"layer.kernel": [1, 3, SHAPE[0] * SHAPE[2], 5], "layer.bias": [5]}
    values, given = tensors(shapes)
    weight = torch.from_numpy(filters(values["layer.kernel"]))[:, :, 0]
    return shapes, last(functional.conv1d(sequence(), weight, given["layer.bias"], padding=2, dilation=2))


def recurrent(layer, n_gates):
    n_in, units = SHAPE[0] * SHAPE[2], 6
    shapes = {
        "layer.input.kernel": [n_in, n_gates * units],
        "layer.input.bias": [n_gates * units],
        "layer.recurrent.kernel": [units, n_gates * units],
        "layer.recurrent.bias": [n_gates * units],
    }
    values, _ = tensors(shapes)
    cell = layer(n_in, units, batch_first=True)
    with torch.no_grad():
        cell.weight_ih_l0.copy_(torch.from_numpy(values["layer.input.kernel"].T.copy()))
        cell.weight_hh_l0.copy_(torch.from_numpy(values["layer.recurrent.kernel"].T.copy()))
        cell.bias_ih_l0.copy_(torch.from_numpy(values["layer.input.bias"]))
        cell.bias_hh_l0.copy_(torch.from_numpy(values["layer.recurrent.bias"]))
        return shapes, cell(sequence().permute(0, 2, 1))[0]


def normalized():
    """By running statistics; and what one batch makes of them."""
    n = SHAPE[2]
    shapes = {"layer.gamma": [n], "layer.beta": [n], "layer.mean": [n], "layer.variance": [n]}
    _, given = tensors(shapes)
    mean, variance = given["layer.mean"].clone(), given["layer.variance"].clone()
    y = functional.batch_norm(pictures(), mean, variance, given["layer.gamma"], given["layer.beta"])
    learning = functional.batch_norm(
        pictures(), mean, variance, given["layer.gamma"], given["layer.beta"], training=True, momentum=0.3
    )
    return shapes, last(y), {"learning": rounded(last(learning)), "mean": rounded(mean), "variance": rounded(variance)}


def rounded(values):
    return [float(f"{v:.8g}") for v in np.asarray(values.detach(), dtype=float).ravel()]


def losses():
    logits = torch.tensor([[1.5, -2.0, 0.3], [40.0, -35.0, 0.0], [0.1, 0.2, 0.3]])
    classes, weights, smoothing = torch.tensor([2, 1, 0]), torch.tensor([0.5, 1.0, 2.0]), 0.1
    targets = torch.full((3, 3), smoothing / 3) + (1 - smoothing) * functional.one_hot(classes, 3)
    categorical = (weights * functional.cross_entropy(logits, targets, reduction="none")).mean()
    yes = torch.tensor([1.0, 0.0, 1.0])
    binary = functional.binary_cross_entropy_with_logits(logits[:, 0], yes, weight=weights)
    return {
        "logits": logits.tolist(),
        "targets": [rounded(row) for row in targets],
        "weights": weights.tolist(),
        "categorical": float(categorical),
        "yes": yes.tolist(),
        "binary": float(binary),
    }


if __name__ == "__main__":
    norm_shapes, norm, norm_more = normalized()
    cases = {
        "plain": convolution((3, 3), padding=1),
        "strided": convolution((3, 5), stride=(2, 1), padding=(1, 2)),
        "holes": convolution((2, 3), dilation=(2, 1)),
        "separable": separable(),
        "sequence": over_time(),
        "gru": recurrent(torch.nn.GRU, 3),
        "lstm": recurrent(torch.nn.LSTM, 4),
        "maxPool": ({}, last(functional.max_pool2d(pictures(), 3, stride=2, padding=1))),
        "averagePool": ({}, last(functional.avg_pool2d(pictures(), (3, 2), stride=2, padding=1))),
        "norm": (norm_shapes, norm),
    }
    result = {
        "n": N,
        "shape": SHAPE,
        "cases": {
            name: {"tensors": shapes, "shape": list(y.shape), "values": rounded(y)} for name, (shapes, y) in cases.items()
        },
        "norm": norm_more,
        "losses": losses(),
    }
    path = Path(__file__).parent / "layers.json"
    path.write_text(json.dumps(result) + "\n")
    print(path, path.stat().st_size)
