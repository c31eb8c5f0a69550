"""ECAPA-TDNN (Desplanques et al. 2020) with channel separation and sub-bands: an embedding of 192 values and style logits.

The front is a convolution over 5 frames, of all mel bands and of each of four sub-bands, added up. Three SE-Res2Blocks
(dilations 2, 3, 4) follow. Each gives stop channels, which go straight to the pooling, and continue channels; the next
block reads the front plus all continue channels so far, and so does the aggregation. The mel bands themselves and how much
each changes from frame to frame go straight to the pooling too: their mean and deviation are good features of short
clips. Then attentive statistics pooling with global context, and a linear embedding.
"""

import torch
from torch import nn
from torch.nn import functional

from training.settings import EMBEDDING_SIZE, N_MELS

N_STOP = 32
N_CONTINUE = 256
N_BLOCKS = 3
RES2_SCALE = 8
N_BANDS = 4
BAND_MELS = 44
N_AGGREGATED = 768
N_PLAIN = 2 * N_MELS
N_ALL_STOP = N_PLAIN + N_BLOCKS * N_STOP
N_FRAME_CHANNELS = N_ALL_STOP + N_BLOCKS * N_CONTINUE
N_POOLED = 2 * (N_ALL_STOP + N_AGGREGATED)
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


class SubBands(nn.Module):
    """Four overlapping bands, each with a convolution of its own: (batch, 128, frames) -> (batch, n_out, frames)."""

    def __init__(self, n_out: int):
        super().__init__()
        step = (N_MELS - BAND_MELS) // (N_BANDS - 1)
        self.starts = [i * step for i in range(N_BANDS)]
        self.body = nn.Sequential(
            nn.Conv1d(N_BANDS * BAND_MELS, n_out, 5, padding=2, groups=N_BANDS), nn.ReLU(), nn.BatchNorm1d(n_out)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(torch.cat([x[:, start : start + BAND_MELS] for start in self.starts], dim=1))


class SeRes2Block(nn.Module):
    """1x1 TDNN, Res2, 1x1 TDNN, squeeze-excitation: (batch, n_in, frames) -> stop and continue channels."""

    def __init__(self, n_in: int, n_stop: int, n_continue: int, dilation: int):
        super().__init__()
        self.sizes = [n_stop, n_continue]
        self.body = nn.Sequential(
            TdnnBlock(n_in, n_in),
            Res2Block(n_in, dilation),
            TdnnBlock(n_in, n_stop + n_continue),
            SqueezeExcitation(n_stop + n_continue),
        )

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        stop, onward = torch.split(self.body(x), self.sizes, dim=1)
        return stop, onward


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

    def __init__(self, n_genres: int, n_stop: int = N_STOP, n_continue: int = N_CONTINUE):
        super().__init__()
        self.input_norm = nn.BatchNorm1d(N_MELS)
        self.front = TdnnBlock(N_MELS, n_continue, 5)
        self.sub_bands = SubBands(n_continue)
        dilations = range(2, 2 + N_BLOCKS)
        self.blocks = nn.ModuleList(SeRes2Block(n_continue, n_stop, n_continue, dilation) for dilation in dilations)
        self.n_all_stop = N_PLAIN + N_BLOCKS * n_stop
        n_pooled = self.n_all_stop + N_AGGREGATED
        self.aggregate = nn.Sequential(nn.Conv1d(N_BLOCKS * n_continue, N_AGGREGATED, 1), nn.ReLU())
        self.pooling = AttentiveStatisticsPooling(n_pooled)
        self.pooled_norm = nn.BatchNorm1d(2 * n_pooled)
        self.project = nn.Linear(2 * n_pooled, EMBEDDING_SIZE)
        self.embedding_norm = nn.BatchNorm1d(EMBEDDING_SIZE)
        self.genre = nn.Linear(EMBEDDING_SIZE, n_genres)

    def frames(self, mel_db: torch.Tensor) -> torch.Tensor:
        """Stop channels, then the sums after each block, of every frame: (batch, frames, 128) dB -> (batch, 1120, frames)."""
        x = self.input_norm((mel_db.transpose(1, 2) + 40.0) / 20.0)
        change = functional.pad((x[:, :, 1:] - x[:, :, :-1]).abs(), (1, 0))
        stops, sums = [change, x], []
        total = self.front(x) + self.sub_bands(x)
        for block in self.blocks:
            stop, onward = block(total)
            total = total + onward
            stops.append(stop)
            sums.append(total)
        return torch.cat(stops + sums, dim=1)

    def pool(self, frames: torch.Tensor) -> torch.Tensor:
        """Normalized statistics over time, before the projection: (batch, 1120, frames) -> (batch, 2240)."""
        stop, onward = frames[:, : self.n_all_stop], frames[:, self.n_all_stop :]
        return self.pooled_norm(self.pooling(torch.cat([stop, self.aggregate(onward)], dim=1)))

    def embed_frames(self, frames: torch.Tensor) -> torch.Tensor:
        """The last layers, which a person's own labels may train further: (batch, 1120, frames) -> (batch, 192)."""
        return self.embedding_norm(self.project(self.pool(frames)))

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
