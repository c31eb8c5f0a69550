"""ECAPA-TDNN (Desplanques et al. 2020) over mel spectrograms: an embedding of 192 values and style logits.

Blocks stand in the paper's order: a convolution over 5 frames, three SE-Res2Blocks with dilations 2, 3, 4,
multi-layer feature aggregation, attentive statistics pooling with global context, a linear embedding.
"""

import torch
from torch import nn

from training.settings import EMBEDDING_SIZE, N_MELS

N_CHANNELS = 256
RES2_SCALE = 8
N_AGGREGATED = 768
N_FRAME_CHANNELS = 3 * N_CHANNELS
N_ATTENTION = 128


class TdnnBlock(nn.Sequential):
    """Conv1d over frames, ReLU, batch norm: (batch, n_in, frames) -> (batch, n_out, frames)."""

    def __init__(self, n_in: int, n_out: int, kernel: int = 1, dilation: int = 1):
        super().__init__(
            nn.Conv1d(n_in, n_out, kernel, dilation=dilation, padding=dilation * (kernel // 2)),
            nn.ReLU(),
            nn.BatchNorm1d(n_out),
        )


class Res2Block(nn.Module):
    """Split the channels in `scale` groups; each group sees the one before it (Gao et al. 2019)."""

    def __init__(self, n_channels: int, dilation: int, scale: int = RES2_SCALE):
        super().__init__()
        width = n_channels // scale
        self.scale = scale
        self.groups = nn.ModuleList(TdnnBlock(width, width, 3, dilation) for _ in range(scale - 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first, *rest = torch.chunk(x, self.scale, dim=1)
        outputs = [first]
        for group, part in zip(self.groups, rest):
            outputs.append(group(part if len(outputs) == 1 else part + outputs[-1]))
        return torch.cat(outputs, dim=1)


class SqueezeExcitation(nn.Module):
    """Weigh every channel by a gate computed from its mean over time."""

    def __init__(self, n_channels: int, n_bottleneck: int = 128):
        super().__init__()
        self.gate = nn.Sequential(
            nn.Conv1d(n_channels, n_bottleneck, 1), nn.ReLU(), nn.Conv1d(n_bottleneck, n_channels, 1), nn.Sigmoid()
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.gate(x.mean(dim=2, keepdim=True))


class SeRes2Block(nn.Module):
    """1x1 TDNN, Res2, 1x1 TDNN, squeeze-excitation, and the input added: (batch, channels, frames) kept."""

    def __init__(self, n_channels: int, dilation: int):
        super().__init__()
        self.body = nn.Sequential(
            TdnnBlock(n_channels, n_channels),
            Res2Block(n_channels, dilation),
            TdnnBlock(n_channels, n_channels),
            SqueezeExcitation(n_channels),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x)


class AttentiveStatisticsPooling(nn.Module):
    """Weighted mean and deviation over time, weights per channel, with global context: -> (batch, 2 channels)."""

    def __init__(self, n_channels: int, n_attention: int = N_ATTENTION):
        super().__init__()
        self.tdnn = TdnnBlock(3 * n_channels, n_attention)
        self.score = nn.Conv1d(n_attention, n_channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mean = x.mean(dim=2, keepdim=True)
        deviation = ((x - mean).square().mean(dim=2, keepdim=True) + 1e-5).sqrt()
        context = torch.cat([x, mean.expand_as(x), deviation.expand_as(x)], dim=1)
        weight = torch.softmax(self.score(torch.tanh(self.tdnn(context))), dim=2)
        mean = (weight * x).sum(dim=2)
        deviation = ((weight * (x - mean.unsqueeze(2)).square()).sum(dim=2) + 1e-5).sqrt()
        return torch.cat([mean, deviation], dim=1)


class EcapaTdnn(nn.Module):
    """Mel (batch, frames, 128) in dB, -80..0 -> embedding (batch, 192), logits (batch, n_genres)."""

    def __init__(self, n_genres: int, n_channels: int = N_CHANNELS):
        super().__init__()
        self.input_norm = nn.BatchNorm1d(N_MELS)
        self.stem = TdnnBlock(N_MELS, n_channels, 5)
        self.blocks = nn.ModuleList(SeRes2Block(n_channels, dilation) for dilation in (2, 3, 4))
        self.aggregate = nn.Sequential(nn.Conv1d(3 * n_channels, N_AGGREGATED, 1), nn.ReLU())
        self.pooling = AttentiveStatisticsPooling(N_AGGREGATED)
        self.pooled_norm = nn.BatchNorm1d(2 * N_AGGREGATED)
        self.project = nn.Linear(2 * N_AGGREGATED, EMBEDDING_SIZE)
        self.embedding_norm = nn.BatchNorm1d(EMBEDDING_SIZE)
        self.genre = nn.Linear(EMBEDDING_SIZE, n_genres)

    def frames(self, mel_db: torch.Tensor) -> torch.Tensor:
        """What all blocks say of every frame: (batch, frames, 128) dB -> (batch, 768, frames)."""
        x = self.input_norm((mel_db.transpose(1, 2) + 40.0) / 20.0)
        x = self.stem(x)
        outputs = []
        for block in self.blocks:
            x = block(x)
            outputs.append(x)
        return torch.cat(outputs, dim=1)

    def embed_frames(self, frames: torch.Tensor) -> torch.Tensor:
        """The last layers, which a person's own labels may train further: (batch, 768, frames) -> (batch, 192)."""
        pooled = self.pooling(self.aggregate(frames))
        return self.embedding_norm(self.project(self.pooled_norm(pooled)))

    def embed(self, mel_db: torch.Tensor) -> torch.Tensor:
        """(batch, frames, 128) dB -> (batch, 192)."""
        return self.embed_frames(self.frames(mel_db))

    def forward(self, mel_db: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        embedding = self.embed(mel_db)
        return embedding, self.genre(embedding)


class ExportedEcapa(EcapaTdnn):
    """The same network, whose forward also gives the frames that its last layers read."""

    def forward(self, mel_db: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        frames = self.frames(mel_db)
        embedding = self.embed_frames(frames)
        return embedding, self.genre(embedding), frames
