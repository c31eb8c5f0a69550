"""Write a PyTorch module as an ONNX graph without weights and one raw weight file beside it, then check both."""

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

LICENSE = "CC0-1.0"
OPSET = 17
TOLERANCE = 1e-4


def write_graph(module, example, input_name: str, outputs: dict[str, dict[int, str]], folder: Path) -> None:
    """Export `module(example)` to folder/model.onnx + model.bin. `outputs` maps each name to its free axes."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "whole.onnx"
    frames_axis = 2 if example.ndim == 4 else 1
    axes = {input_name: {0: "batch", frames_axis: "frames"}, **outputs}
    torch.onnx.export(
        module.eval(),
        (example,),
        str(temporary),
        input_names=[input_name],
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    graph = onnx.load(str(temporary))
    temporary.unlink()
    graph.producer_name, graph.producer_version, graph.doc_string = "stemscape-training", "", ""
    for node in graph.graph.node:
        node.doc_string = ""
    (folder / "model.bin").unlink(missing_ok=True)
    onnx.save_model(
        graph,
        str(folder / "model.onnx"),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location="model.bin",
        size_threshold=0,
        convert_attribute=False,
    )


def tensors_of(module, folder: Path, prefixes: tuple[str, ...]) -> list[dict]:
    """Where the module's tensors with these name prefixes lie in model.bin: plain float32, row-major, in the module's shape."""
    trained = {name for name, _ in module.named_parameters()}
    graph = onnx.load(str(folder / "model.onnx"), load_external_data=False).graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    raw = (folder / "model.bin").read_bytes()
    places = []
    for name, value in module.state_dict().items():
        if not name.startswith(prefixes) or name.endswith("num_batches_tracked"):
            continue
        where = {entry.key: entry.value for entry in stored[name].external_data}
        offset, length = int(where["offset"]), int(where["length"])
        kept = np.frombuffer(raw, np.float32, length // 4, offset).reshape(value.shape)
        if list(stored[name].dims) != list(value.shape) or not np.array_equal(kept, value.numpy()):
            raise RuntimeError(f"the exporter has changed {name}")
        places.append(
            {"name": name, "shape": list(value.shape), "offset": offset, "length": length, "trained": name in trained}
        )
    return places


def largest_difference(module, folder: Path, inputs: list[torch.Tensor]) -> float:
    """Largest absolute difference between ONNX Runtime and PyTorch over all inputs and outputs."""
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    worst = 0.0
    for value in inputs:
        with torch.no_grad():
            expected = module.eval()(value)
        expected = expected if isinstance(expected, tuple) else (expected,)
        for want, got in zip(expected, session.run(None, {name: value.numpy()})):
            worst = max(worst, float(np.abs(want.numpy() - got).max()))
    if worst > TOLERANCE:
        raise RuntimeError(f"ONNX Runtime and PyTorch differ by {worst:g}")
    return worst


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def count_parameters(module) -> int:
    """Number of trained values."""
    return sum(parameter.numel() for parameter in module.parameters())


def common_manifest(kind: str, name: str, module, folder: Path, version: str, trained_on: str) -> dict:
    """The part of model.json that every model has; the files must be written already."""
    return {
        "format": 1,
        "kind": kind,
        "name": name,
        "version": version,
        "graph": "model.onnx",
        "weights": "model.bin",
        "sha256": {"graph": sha256(folder / "model.onnx"), "weights": sha256(folder / "model.bin")},
        "license": LICENSE,
        "parameters": count_parameters(module),
        "trainedOn": trained_on,
    }


def write_manifest(folder: Path, manifest: dict) -> None:
    """Writes model.json; weights are readable for everybody."""
    (folder / "model.bin").chmod(0o644)
    text = json.dumps(manifest, indent=2)
    # A tensor's shape reads best on one line.
    text = re.sub(r"\[\s+([\d,\s]+?)\s+\]", lambda found: f"[{' '.join(found.group(1).split())}]", text)
    (folder / "model.json").write_text(text + "\n")
