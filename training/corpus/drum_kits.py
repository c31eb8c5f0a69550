"""Drum parts from one-shot samples: Hydrogen kits and the Sonic Pi set."""

import functools
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from training.corpus.song import Part
from training.corpus.sound_sources import HYDROGEN_FOLDER, SONIC_PI_FOLDER, Source
from training.settings import SAMPLE_RATE_HZ

MAX_SEC = 2.5
# Role -> words of an instrument's name, the first match wins.
ROLE_WORDS = {
    36: ("kick", "bass drum", "bassdrum"),
    38: ("snare",),
    37: ("stick", "rim"),
    39: ("clap",),
    46: ("open hh", "open", "op dirty", "oh"),
    44: ("pedal",),
    42: ("closed", "hat", "hh", "hi-hat"),
    51: ("ride", "cymbal"),
    49: ("crash",),
    41: ("tom low", "low tom", "floor", "tom"),
    45: ("tom mid", "middle tom", "tom 2", "tom"),
    48: ("tom hi", "high tom", "tom 1", "tom"),
    56: ("cowbell", "agogo"),
    54: ("tamb", "shaker", "maraca"),
    82: ("shaker", "maraca", "hat", "closed"),
}
FALLBACK = {
    37: 38,
    39: 38,
    46: 42,
    44: 42,
    42: 51,
    51: 42,
    49: 46,
    45: 48,
    41: 45,
    48: 41,
    54: 42,
    82: 42,
    53: 51,
    56: 37,
}
SONIC_PI_ROLES = {
    36: ("bd_808", "bd_haus", "bd_klub", "bd_tek", "bd_fat", "bd_gas", "bd_zum", "bd_ada", "drum_heavy_kick"),
    38: ("sn_dolf", "sn_dub", "sn_generic", "sn_zome", "drum_snare_hard", "elec_hi_snare", "elec_snare"),
    37: ("elec_wood", "perc_snap", "elec_tick", "drum_snare_soft"),
    39: ("perc_snap2", "sn_zome", "elec_filt_snare"),
    42: ("drum_cymbal_closed", "elec_tick", "elec_cymbal", "drum_cymbal_pedal"),
    44: ("drum_cymbal_pedal",),
    46: ("drum_cymbal_open", "elec_cymbal"),
    51: ("drum_cymbal_soft", "elec_ping"),
    49: ("drum_cymbal_hard", "drum_splash_hard"),
    48: ("drum_tom_hi_hard",),
    45: ("drum_tom_mid_hard",),
    41: ("drum_tom_lo_hard",),
    56: ("drum_cowbell",),
    54: ("elec_triangle", "drum_cymbal_closed"),
    82: ("drum_cymbal_closed", "elec_tick"),
}


def load_sample(path: Path) -> np.ndarray | None:
    """float32 [2 x n] at 44.1 kHz, at most 2.5 s; None if the file is missing or unreadable."""
    try:
        audio, rate = soundfile.read(str(path), dtype="float32", always_2d=True, frames=int(MAX_SEC * 96_000))
    except (RuntimeError, soundfile.SoundFileError):
        return None
    if rate != SAMPLE_RATE_HZ:
        audio = resample_poly(audio, SAMPLE_RATE_HZ // 100, rate // 100, axis=0)
    audio = audio[: int(MAX_SEC * SAMPLE_RATE_HZ)].T
    audio = np.repeat(audio, 2, 0) if len(audio) == 1 else audio[:2]
    peak = float(np.abs(audio).max(initial=0.0))
    return None if peak < 1e-4 else np.ascontiguousarray(audio / peak, dtype=np.float32)


@functools.lru_cache(maxsize=16)
def hydrogen_kit(folder_name: str) -> dict[int, np.ndarray]:
    """GM drum note -> sample of one Hydrogen kit; the loudest layer of the first instrument whose name fits."""
    folder = HYDROGEN_FOLDER / folder_name
    text = (folder / "drumkit.xml").read_text(errors="replace")
    root = ElementTree.fromstring(text)
    for element in root.iter():
        element.tag = element.tag.split("}")[-1]
    instruments = []
    for instrument in root.iter("instrument"):
        files = [element.text for element in instrument.iter("filename") if element.text]
        if files:
            instruments.append(((instrument.findtext("name") or "").lower(), folder / files[-1]))
    kit = {}
    for note, words in ROLE_WORDS.items():
        match = next((path for word in words for name, path in instruments if word in name), None)
        sample = load_sample(match) if match else None
        if sample is not None:
            kit[note] = sample
    return kit


@functools.lru_cache(maxsize=64)
def sonic_pi_sample(name: str) -> np.ndarray | None:
    """One Sonic Pi one-shot."""
    return load_sample(SONIC_PI_FOLDER / f"{name}.flac")


def sonic_pi_kit(rng: np.random.Generator) -> dict[int, np.ndarray]:
    """A kit drawn from the Sonic Pi samples."""
    kit = {note: sonic_pi_sample(str(rng.choice(names))) for note, names in SONIC_PI_ROLES.items()}
    return {note: sample for note, sample in kit.items() if sample is not None}


def sample_for(kit: dict[int, np.ndarray], note: int) -> np.ndarray | None:
    """The sample of a note, or of its nearest relative in the kit."""
    seen = set()
    while note not in kit and note in FALLBACK and note not in seen:
        seen.add(note)
        note = FALLBACK[note]
    return kit.get(note)


LEVEL = {36: 1.0, 38: 0.8, 42: 0.32, 44: 0.3, 46: 0.36, 51: 0.34, 49: 0.5, 37: 0.5, 39: 0.6, 82: 0.22, 54: 0.3}


def render_kit(part: Part, kit: dict[int, np.ndarray], n_samples: int, rng: np.random.Generator) -> np.ndarray:
    """float32 [2 x n_samples]; hats and cymbals panned a little, pitch varied by kit."""
    result = np.zeros((2, n_samples), np.float32)
    pans = {note: float(rng.uniform(-0.5, 0.5)) for note in (42, 46, 51, 49, 41, 45, 48, 54, 82)}
    for note in part.notes:
        sample = sample_for(kit, note.pitch)
        start = int(note.start_sec * SAMPLE_RATE_HZ)
        if sample is None or start >= n_samples:
            continue
        n = min(sample.shape[1], n_samples - start)
        gain = (note.velocity / 110) ** 1.7 * LEVEL.get(note.pitch, 0.6)
        pan = pans.get(note.pitch, 0.0)
        result[0, start : start + n] += sample[0, :n] * (gain * (1 - max(pan, 0)))
        result[1, start : start + n] += sample[1, :n] * (gain * (1 + min(pan, 0)))
    return result


def kit_of(source: Source) -> dict[int, np.ndarray]:
    """The kit of a Hydrogen source."""
    return hydrogen_kit(source.path)
