"""Begin with the layers of a checkpoint that has fewer stop channels, such as the plain ECAPA-TDNN of version 1.0.0.

Stop channels stand first everywhere, so old values move to the end of every axis that has grown. What reads a new channel
begins with zeros; what makes one begins at random.
"""

import torch

from training.classifier.model import EcapaTdnn

MADE_ANEW = (".body.2.", "pooled_norm.")
# Axes that hold several lists of the same channels: [x; mean; deviation] and [mean; deviation].
PARTS = {"pooling.tdnn.0.weight": (1, 3), "project.weight": (1, 2)}
PARTS |= {f"pooled_norm.{name}": (0, 2) for name in ("weight", "bias", "running_mean", "running_var")}


def moved(old: torch.Tensor, new: torch.Tensor, axis: int = 0, parts: int = 1) -> torch.Tensor:
    """`new` with the old values at the end of every axis, or of each of `parts` pieces of `axis`."""
    for target, piece in zip(new.chunk(parts, dim=axis), old.chunk(parts, dim=axis)):
        target[tuple(slice(n - n_old, None) for n, n_old in zip(target.shape, piece.shape))] = piece
    return new


@torch.no_grad()
def take_over(network: EcapaTdnn, old: dict[str, torch.Tensor]) -> None:
    """The network then says what the old one said; its new channels and sub-bands add nothing to that yet."""
    state = {key: value.clone() for key, value in network.state_dict().items()}
    old = {key.replace("stem.", "front.", 1) if key.startswith("stem.") else key: value for key, value in old.items()}
    for key, value in old.items():
        if value.shape == state[key].shape:
            state[key] = value
        else:
            fresh = state[key] if any(part in key for part in MADE_ANEW) else torch.zeros_like(state[key])
            state[key] = moved(value, fresh, *PARTS.get(key, (0, 1)))
    if "sub_bands.body.2.weight" not in old:
        state["sub_bands.body.2.weight"].zero_()
    network.load_state_dict(state)
