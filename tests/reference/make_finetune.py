"""Writes the reference numbers that the tests of src/core/nn/tfjs compare with: loss, gradients and AdamW steps in PyTorch.

Needs torch 2.13, onnx 1.23 and the networks in resources/models:  python -m tests.reference.make_finetune
The input is the noise of tests/reference/make_references.py, and so is the classification layer on top.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from torch.nn import functional

from tests.reference.make_references import noise
from training.classifier.model import ExportedEcapa
from training.classifier.scratch_cnn import ScratchCnn

HERE = Path(__file__).parent
MODELS = HERE.parent.parent / "resources" / "models"
N_WINDOWS, N_FRAMES, N_MELS, N_GENRES = 3, 61, 128, 4
CLASSES = [2, 0, 3]
SMOOTHING, RATE, DECAY, HEAD_FACTOR, N_STEPS = 0.1, 1e-3, 0.05, 10, 2
N_SAMPLES = 12


def load(module, name):
    """The shipped weights, read from the ONNX graph's own weights file."""
    graph = onnx.load(str(MODELS / name / "model.onnx")).graph
    stored = {tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    module.load_state_dict({key: stored[key] for key in module.state_dict() if key in stored}, strict=False)
    return module.eval()


def sampled(values):
    """A few values spread over a tensor."""
    flat = values.detach().numpy().ravel()
    places = np.linspace(0, len(flat) - 1, min(N_SAMPLES, len(flat))).astype(int)
    return {"places": places.tolist(), "values": [float(f"{v:.9g}") for v in flat[places]]}


def reference(module, embed, data, tail_names, size):
    """Loss and gradients of the first step, and the weights after N_STEPS."""
    head_weight = torch.nn.Parameter(torch.from_numpy(0.05 * noise(N_GENRES * size, 5).astype(np.float32)).view(N_GENRES, size))
    head_bias = torch.nn.Parameter(torch.zeros(N_GENRES))
    tail = {name: value for name, value in module.named_parameters() if name in tail_names}
    with torch.no_grad():
        for value in module.parameters():
            value.requires_grad_(False)
    for value in tail.values():
        value.requires_grad_(True)
    groups = [
        {"params": [v for v in tail.values() if v.ndim > 1], "lr": RATE, "weight_decay": DECAY},
        {"params": [v for v in tail.values() if v.ndim == 1], "lr": RATE, "weight_decay": 0},
        {"params": [head_weight], "lr": RATE * HEAD_FACTOR, "weight_decay": DECAY},
        {"params": [head_bias], "lr": RATE * HEAD_FACTOR, "weight_decay": 0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.999), eps=1e-8)
    trained = {**tail, "head.weight": head_weight, "head.bias": head_bias}
    losses, gradients = [], {}
    for step in range(N_STEPS):
        logits = functional.linear(embed(data), head_weight, head_bias)
        loss = functional.cross_entropy(logits, torch.tensor(CLASSES), label_smoothing=SMOOTHING)
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            gradients = {n: sampled(v.grad) | {"norm": float(v.grad.norm())} for n, v in trained.items()}
        losses.append(float(loss.detach()))
        optimizer.step()
    return {"losses": losses, "gradients": gradients, "after": {name: sampled(v) for name, v in trained.items()}}


def main():
    mel = torch.from_numpy((-40 - 40 * noise(N_WINDOWS * N_FRAMES * N_MELS, 3)).astype(np.float32))
    mel = mel.view(N_WINDOWS, N_FRAMES, N_MELS)
    result = {
        "input": {"nWindows": N_WINDOWS, "nFrames": N_FRAMES, "nGenres": N_GENRES, "classes": CLASSES},
        "recipe": {
            "labelSmoothing": SMOOTHING, "rate": RATE, "weightDecay": DECAY, "headRateFactor": HEAD_FACTOR, "steps": N_STEPS
        },
    }
    for name, module in (("classifier", ExportedEcapa(14)), ("scratch-cnn", ScratchCnn())):
        module = load(module, name)
        manifest = json.loads((MODELS / name / "model.json").read_text())
        names = {tensor["name"] for tensor in manifest["tail"]["tensors"] if tensor["trained"]}
        if name == "classifier":
            with torch.no_grad():
                data = module.frames(mel)
            embed = module.embed_frames
        else:
            data, embed = mel, module
        result[name] = reference(module, embed, data, names, manifest["embeddingSize"])
    (HERE / "finetune.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
