"""A small network for training from scratch: three convolutions over time, mean and deviation, an embedding of 96 values."""

import torch
from torch import nn

from training.settings import N_MELS

CHANNELS = (64, 96, 128)
KERNELS = (5, 5, 3)
SCRATCH_EMBEDDING_SIZE = 96


class ScratchCnn(nn.Module):
    """Mel (batch, frames, 128) in dB, -80..0 -> embedding (batch, 96). Frames halve after each of the first two blocks."""

    def __init__(self):
        super().__init__()
        sizes = (N_MELS, *CHANNELS)
        self.blocks = nn.ModuleList(
            nn.Conv1d(n_in, n_out, kernel, padding=kernel // 2) for n_in, n_out, kernel in zip(sizes, CHANNELS, KERNELS)
        )
        self.project = nn.Linear(2 * CHANNELS[-1], SCRATCH_EMBEDDING_SIZE)
        for layer in (*self.blocks, self.project):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            # Not zero: the exporter stores equal tensors once, and each must be replaceable by itself.
            nn.init.normal_(layer.bias, std=0.01)

    def forward(self, mel_db: torch.Tensor) -> torch.Tensor:
        x = (mel_db.transpose(1, 2) + 40.0) / 20.0
        for i, block in enumerate(self.blocks):
            x = torch.relu(block(x))
            if i < len(self.blocks) - 1:
                x = nn.functional.max_pool1d(x, 2)
        mean = x.mean(dim=2)
        deviation = ((x - mean.unsqueeze(2)).square().mean(dim=2) + 1e-5).sqrt()
        return self.project(torch.cat([mean, deviation], dim=1))
