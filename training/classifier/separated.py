"""Mel power of separated stems, once: `python -m training.classifier.separated`.

The bundled separator hears every rendered song and every recorded piece, as in the engine, so that the classifier learns
stems as it will meet them. Writes <training dir>/mel/{train,recordings}-separated.npy, float16 dB (absolute)
[songs or pieces x 4 x frames x 128], in the order of train.npz and recordings.npz. Songs and tracks that are done are kept
in <training dir>/mel/separated, so the command can be stopped and run again.
"""

import argparse
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import librosa
import numpy as np
import onnxruntime
import torch

from training.classifier.features import song_records
from training.classifier.recordings import PIECE_FRAMES, heard_pieces, kept_array, recorded_files, stereo_piece
from training.separator.pipeline import predict_masks
from training.separator.stft import stft
from training.settings import MEL_FFT_SAMPLES, MEL_SAMPLE_RATE_HZ, MODELS_DIR, N_BINS, N_MELS, STEMS, training_dir

MEL_BINS = MEL_FFT_SAMPLES // 2 + 1
FILTERS = librosa.filters.mel(sr=MEL_SAMPLE_RATE_HZ, n_fft=MEL_FFT_SAMPLES, n_mels=N_MELS).T.astype(np.float32)
predict: Callable[[torch.Tensor], torch.Tensor]


def open_separator() -> None:
    """Each process opens the graph that ships."""
    global predict
    torch.set_num_threads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(MODELS_DIR / "separator" / "model.onnx"), options)
    predict = lambda x: torch.from_numpy(session.run(None, {session.get_inputs()[0].name: x.numpy()})[0])


def stem_mels(stereo: np.ndarray) -> np.ndarray:
    """float32 [2 x samples] at 44.1 kHz -> float16 dB [4 x frames x 128], from the masked spectrum as the engine takes it.

    Half the rate with half the points has the same frames and bins, and half as many samples to sum: 1/4 in power. The mono
    mix is another 1/4.
    """
    spectrum = stft(torch.from_numpy(np.ascontiguousarray(stereo, np.float32)))
    masks = predict_masks(predict, spectrum.abs()[..., :N_BINS])
    mono = torch.zeros(len(STEMS), spectrum.shape[1], MEL_BINS)
    masked = (masks * spectrum[None, ..., :N_BINS]).sum(dim=1)
    mono[..., :N_BINS] = masked.abs().square() / 16
    mono[..., N_BINS] = mono[..., N_BINS - 1]
    return (10 * np.log10(mono.numpy() @ FILTERS + 1e-12)).astype(np.float16)


def song_stems(record: Path) -> np.ndarray:
    """[1 x 4 x frames x 128]"""
    stems = np.load(record.with_suffix(".npy")).astype(np.float32) / 32768
    return stem_mels(stems.sum(axis=0))[None]


def recorded_stems(path: Path) -> np.ndarray:
    """[pieces x 4 x frames x 128]"""
    pieces = [stem_mels(stereo_piece(path, piece)) for piece in heard_pieces(path)]
    return np.array(pieces, np.float16).reshape(-1, len(STEMS), PIECE_FRAMES, N_MELS)


def keep(job: tuple[Callable[[Path], np.ndarray], Path, Path]) -> np.ndarray:
    """A file's stems."""
    stems_of, path, kept = job
    return kept_array(kept, lambda: stems_of(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    folder = training_dir() / "mel"
    (folder / "separated").mkdir(parents=True, exist_ok=True)
    work = {
        "train": [(song_stems, path, f"train-{path.stem}") for path in song_records("train")],
        "recordings": [(recorded_stems, path, f"{path.parent.name}-{path.name}") for _, path in recorded_files()],
    }
    for name, jobs in work.items():
        with multiprocessing.Pool(arguments.workers, open_separator) as pool:
            stems = pool.map(keep, [(f, path, folder / "separated" / f"{kept}.npy") for f, path, kept in jobs], chunksize=2)
        np.save(folder / f"{name}-separated.npy", np.concatenate(stems))
        print(f"{name}: {len(jobs)} files, {sum(map(len, stems))} spectrograms of each stem")


if __name__ == "__main__":
    main()
