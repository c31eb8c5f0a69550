"""Values for a network's tensors from a formula: the same here and in tests/support/network-values.ts.

A reference lists the tensors by the names and in the layout that the application has: filters [height, width, in, out], dense kernels [in, out].
"""

import numpy as np

from tests.reference.make_references import noise


def tensor_values(name, shape, place):
    """float32 of this shape; `place` is the tensor's place in the list."""
    each = noise(int(np.prod(shape)), 1000 + place)
    last = name.rsplit(".", 1)[-1]
    if last in ("kernel", "depthwise"):
        fan_in = np.prod(shape[:2]) if last == "depthwise" else np.prod(shape[:-1])
        values = np.sqrt(3 / fan_in) * each
    elif last == "variance":
        values = 1 + 0.5 * each
    elif last == "gamma":
        values = 1 + 0.3 * each
    else:
        values = 0.1 * each
    return values.astype(np.float32).reshape(shape)


def all_values(shapes):
    """By name; shapes: dict name -> shape, in order."""
    return {name: tensor_values(name, shape, place) for place, (name, shape) in enumerate(shapes.items())}


def examples(n, shape, seed=7):
    """[n, height, width, channels], 0..1, float32."""
    return (0.5 + 0.5 * noise(int(n * np.prod(shape)), seed)).astype(np.float32).reshape(n, *shape)


def filters(values):
    """[height, width, in, out] to PyTorch's [out, in, height, width]."""
    return values.transpose(3, 2, 0, 1).copy()
