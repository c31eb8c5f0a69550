"""Writes the reference numbers of src/core/laboratory/ecapa: tensors, logits, loss and gradients of its networks in PyTorch.

Needs torch 2.13:  python -m tests.reference.make_ecapa
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from tests.reference.network_values import all_values, examples

N_MELS, N_CLASSES = 48, 10
#: Of the numbers that are compared.
N, N_FRAMES = 4, 90
CLASSES, WEIGHTS = [3, 8, 0, 3], [1.5, 0.5, 1.0, 1.0]
#: Of the parameter counts.
FULL_FRAMES = 174


class Store:
    """The tensors of a network by the application's names and in its layout, in the order in which they are asked for."""

    def __init__(self, values=None, learning=False):
        self.trained, self.running, self.values, self.learning = {}, {}, values, learning
        self.tensors = {}

    def ask(self, kind, name, shape):
        kind[name] = list(shape)
        if self.values is None:
            return torch.zeros(shape, dtype=torch.float64)
        if name not in self.tensors:
            self.tensors[name] = torch.from_numpy(self.values[name]).double().requires_grad_(kind is self.trained)
        return self.tensors[name]

    def conv2d(self, name, x, n_out, kernel, stride=1, padding=0, bias=True):
        """Filters [height, width, in, out]."""
        weight = self.ask(self.trained, f"{name}.kernel", [kernel, kernel, x.shape[1], n_out]).permute(3, 2, 0, 1)
        shift = self.ask(self.trained, f"{name}.bias", [n_out]) if bias else None
        return functional.conv2d(x, weight, shift, stride=stride, padding=padding)

    def conv1d(self, name, x, n_out, kernel, dilation=1):
        """Filters [1, kernel, in, out]."""
        weight = self.ask(self.trained, f"{name}.kernel", [1, kernel, x.shape[1], n_out])[0].permute(2, 1, 0)
        shift = self.ask(self.trained, f"{name}.bias", [n_out])
        return functional.conv1d(x, weight, shift, padding=dilation * (kernel // 2), dilation=dilation)

    def dense(self, name, x, n_out, bias=True):
        """A linear layer, over the second axis where there is a third (frames)."""
        weight = self.ask(self.trained, f"{name}.kernel", [x.shape[1], n_out]).T
        shift = self.ask(self.trained, f"{name}.bias", [n_out]) if bias else None
        return functional.linear(x, weight, shift) if x.dim() == 2 else functional.conv1d(x, weight.unsqueeze(2), shift)

    def norm(self, name, x):
        n = [x.shape[1]]
        mean = self.ask(self.running, f"{name}.mean", n)
        variance = self.ask(self.running, f"{name}.variance", n)
        gamma = self.ask(self.trained, f"{name}.gamma", n)
        beta = self.ask(self.trained, f"{name}.beta", n)
        if self.values is None:
            return x
        return functional.batch_norm(x, mean.clone(), variance.clone(), gamma, beta, training=self.learning)


def log_power(x):
    """0..1 for -80..0 dB, to natural logarithms: [n, mels, frames]."""
    return x * 8 * np.log(10)


def se_res2(store, name, x, n_out, kernel, dilation, n_gate):
    width = n_out // 8
    y = store.norm(f"{name}.first.norm", store.dense(f"{name}.first", x, 8 * width).relu())
    parts = list(torch.split(y, width, 1))
    for i in range(7):
        part = parts[i] if i == 0 else parts[i] + parts[i - 1]
        convolved = store.conv1d(f"{name}.group{i + 1}", part, width, kernel, dilation).relu()
        parts[i] = store.norm(f"{name}.group{i + 1}.norm", convolved)
    y = store.norm(f"{name}.last.norm", store.dense(f"{name}.last", torch.cat(parts, 1), n_out).relu())
    around = x if x.shape[1] == n_out else store.dense(f"{name}.around", x, n_out)
    squeezed = store.dense(f"{name}.squeeze", y.mean(2), n_gate).relu()
    gates = store.dense(f"{name}.excite", squeezed, n_out).sigmoid()
    return y * gates.unsqueeze(2) + around


def pooling(store, x, n_attention):
    """Attentive statistics with global context; the kernel of [x, mean, deviation] is kept in three parts."""
    mean = store.dense("pooling.mean", x.mean(2), n_attention)
    root = torch.sqrt(x.var(2).clamp(min=1e-4)) if store.values is not None else x.mean(2)
    context = mean + store.dense("pooling.deviation", root, n_attention, bias=False)
    hidden = (store.dense("pooling.frame", x, n_attention, bias=False) + context.unsqueeze(2)).relu()
    scores = store.dense("pooling.score", store.norm("pooling.norm", hidden).tanh(), x.shape[1])
    weight = scores.softmax(2)
    mu = (weight * x).sum(2)
    sigma = torch.sqrt(((x**2 * weight).sum(2) - mu**2).clamp(min=1e-4))
    return torch.cat([mu, sigma], 1)


def streams(store, scope, x, s, c, n_gate):
    front = store.norm(f"{scope}front.norm", store.conv1d(f"{scope}front", x, c, 5).relu())
    onward, stopped, total = [], [], front
    for i, dilation in enumerate((2, 3, 4)):
        y = se_res2(store, f"{scope}block{i + 1}", total, s + c, 3, dilation, n_gate)
        onward.append(y[:, :c])
        stopped.append(y[:, c:])
        total = total + y[:, :c]
    return torch.cat(onward, 1), torch.cat(stopped, 1)


def ecapa(store, x, options):
    k = options["narrowing"]
    s, c, n_gate = options["nStop"] // k, options["nContinue"] // k, 128 // k
    x = log_power(x)
    x = x - x.mean(2, keepdim=True)
    if options["isByBands"]:
        bands = [streams(store, f"band{i + 1}.", x[:, 10 * i : 10 * i + 18], s // 4, c // 4, n_gate) for i in range(4)]
        last = se_res2(store, "last", torch.cat([onward for onward, _ in bands], 1), 3 * c // 2, 1, 1, n_gate)
        frames = torch.cat([last, *(stopped for _, stopped in bands)], 1)
    else:
        onward, stopped = streams(store, "", x, s, c, n_gate)
        frames = torch.cat([stopped, store.dense("last", onward, 3 * (s + c) // 2).relu()], 1)
    pooled = store.norm("pooling.pooled", pooling(store, frames, 256 // k))
    return store.norm("classes.norm", store.dense("classes", pooled, N_CLASSES))


def instance_norm(x):
    """As one picture, [n, 1, mels, frames]."""
    return functional.instance_norm(log_power(x)).unsqueeze(1)


def residual(store, x, options):
    widths = [width // options["narrowing"] for width in (64, 128, 256, 512)]
    x = store.norm("first.norm", store.conv2d("first", instance_norm(x), widths[0], 7, stride=2).relu())
    x = functional.max_pool2d(x, 3, 2)
    for stage, (width, n_blocks) in enumerate(zip(widths, options["nBlocks"])):
        for i in range(n_blocks):
            name, stride = f"stage{stage + 1}.block{i + 1}", 2 if i == 0 else 1
            y = store.conv2d(f"{name}.first", x, width, 3, stride, 1, bias=False).relu()
            y = store.conv2d(f"{name}.second", store.norm(f"{name}.first.norm", y), width, 3, 1, 1, bias=False)
            y = store.norm(f"{name}.second.norm", y)
            if options["hasGates"]:
                squeezed = functional.elu(store.dense(f"{name}.squeeze", y.mean((2, 3)), max(1, width // 8)))
                y = y * store.dense(f"{name}.excite", squeezed, width).sigmoid()[:, :, None, None]
            if stride == 2:
                x = store.norm(f"{name}.around.norm", store.conv2d(f"{name}.around", x, width, 1, 2, bias=False))
            x = (y + x).relu()
    return store.dense("classes", x.mean((2, 3)), N_CLASSES)


def vgg(store, x, options):
    k = options["narrowing"]
    x = instance_norm(x)
    for b, (width, kernels) in enumerate([(64, [3, 3]), (128, [3, 3]), (256, [3, 3, 1]), (512, [3, 3, 1]), (512, [3, 3, 1])]):
        for i, kernel in enumerate(kernels):
            x = store.conv2d(f"block{b + 1}.convolution{i + 1}", x, width // k, kernel, padding=kernel // 2).relu()
        x = functional.max_pool2d(x, 2)
    x = x.permute(0, 2, 3, 1).flatten(1)
    for name in ("dense1", "dense2"):
        x = store.dense(name, x, 4096 // k).relu()
    return store.dense("classes", x, N_CLASSES)


def broadcast(store, x, options):
    n = 32 // options["narrowing"]

    def convolved(name, x, kernel):
        return store.conv2d(name, store.norm(f"{name}.norm", x).relu(), n, kernel, padding=kernel // 2)

    x = store.norm("shallow.norm", store.conv2d("shallow", x.unsqueeze(1), n, 3, padding=1)).relu()
    x = functional.max_pool2d(x, (1, 4))
    for i in range(1, 4):
        module = f"module{i}"
        one = convolved(f"{module}.one", x, 1)
        three = convolved(f"{module}.three.wide", convolved(f"{module}.three", x, 1), 3)
        five = convolved(f"{module}.five.wide", convolved(f"{module}.five", x, 1), 5)
        largest = convolved(f"{module}.pooled", functional.max_pool2d(x, 3, 1, 1), 1)
        x = torch.cat([x, one, three, five, largest], 1)
    x = functional.avg_pool2d(convolved("transition", x, 1), 2)
    return store.dense("classes", store.norm("features", x).relu().mean((2, 3)), N_CLASSES)


NETWORKS = {"ecapa-tdnn": ecapa, "residual-network": residual, "vgg": vgg, "broadcast-network": broadcast}


def separated(s, c, by_bands=False):
    return "ecapa-tdnn", {"nStop": s, "nContinue": c, "isByBands": by_bands}


def resnet(blocks, gates):
    return "residual-network", {"nBlocks": blocks, "hasGates": gates}


#: With the layer in front of which gradients are compared, and how much narrower the network is then.
COMPARED = [
    (*separated(0, 1024), 16, "front"),
    (*separated(256, 768), 16, "front"),
    (*separated(512, 1024, True), 16, "band2.front"),
    (*resnet([2, 2, 2, 2], False), 16, "first"),
    (*resnet([3, 4, 6, 3], True), 16, "first"),
    ("vgg", {}, 16, "block1.convolution1"),
    ("broadcast-network", {}, 8, "shallow"),
]

COUNTED = [
    resnet([2, 2, 2, 2], False),
    resnet([3, 4, 6, 3], False),
    resnet([3, 4, 6, 3], True),
    ("vgg", {}),
    ("broadcast-network", {}),
    separated(0, 1024),
    *(separated(s, c) for s, c in ((512, 512), (256, 768), (256, 1024), (512, 1024))),
    *(separated(s, c, True) for s, c in ((256, 768), (256, 1024), (512, 1024))),
]


def spectrograms():
    return torch.from_numpy(examples(N, (N_MELS, N_FRAMES, 1))).double()[:, :, :, 0]


def shapes_of(network, options, n_frames):
    store = Store()
    NETWORKS[network](store, torch.zeros(2, N_MELS, n_frames, dtype=torch.float64), options)
    return store


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values.detach(), dtype=float).ravel()]


def compared(network, options, narrowing, front):
    options = options | {"narrowing": narrowing}
    shapes = shapes_of(network, options, N_FRAMES)
    values = all_values(shapes.trained | shapes.running)
    forward = NETWORKS[network]
    logits = forward(Store(values), spectrograms(), options)
    store = Store(values, learning=True)
    losses = functional.cross_entropy(forward(store, spectrograms(), options), torch.tensor(CLASSES), reduction="none")
    loss = (torch.tensor(WEIGHTS).double() * losses).mean()
    loss.backward()
    named = [f"{front}.kernel", "classes.kernel"]
    return {
        "network": network,
        "options": options,
        "trained": shapes.trained,
        "running": shapes.running,
        "logits": rounded(logits),
        "loss": rounded(loss)[0],
        "gradients": {name: rounded(store.tensors[name].grad)[:300] for name in named},
    }


def counted(network, options):
    options = options | {"narrowing": 1}
    shapes = shapes_of(network, options, FULL_FRAMES)
    return {"network": network, "options": options, "nParameters": int(sum(np.prod(s) for s in shapes.trained.values()))}


if __name__ == "__main__":
    result = {
        "n": N,
        "shape": [N_MELS, N_FRAMES, 1],
        "fullShape": [N_MELS, FULL_FRAMES, 1],
        "nClasses": N_CLASSES,
        "classes": CLASSES,
        "weights": WEIGHTS,
        "compared": [compared(*case) for case in COMPARED],
        "counted": [counted(*case) for case in COUNTED],
    }
    path = Path(__file__).parent / "ecapa.json"
    path.write_text(json.dumps(result) + "\n")
    print(path, [case["nParameters"] for case in result["counted"]])
