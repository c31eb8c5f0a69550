"""One composed song to mixed stems, with a record of what made the sound."""

from dataclasses import dataclass

import numpy as np

from training.corpus.drum_kits import kit_of, render_kit, sonic_pi_kit
from training.corpus.midi_render import render_midi
from training.corpus.mixing import at_level, drive, mix
from training.corpus.singing import sing
from training.corpus.song import Part, Song
from training.corpus.sound_sources import (
    KITS,
    SONIC_PI,
    SOUNDFONTS,
    UNSEEN_KITS,
    UNSEEN_SOUNDFONTS,
    UNSEEN_VOICES,
    VOICES,
)
from training.corpus.synth import render_synth
from training.settings import SAMPLE_RATE_HZ, STEMS


@dataclass(frozen=True)
class Palette:
    """The sound sources one render may draw from."""

    soundfonts: tuple
    kits: tuple
    voices: tuple


TRAINING = Palette(SOUNDFONTS, KITS, VOICES)
UNSEEN = Palette(UNSEEN_SOUNDFONTS, UNSEEN_KITS, UNSEEN_VOICES)
OPEN = Palette(tuple(s for s in SOUNDFONTS if s.open_output), tuple(k for k in KITS if k.open_output), VOICES)
CHOIR_PROGRAMS = (52, 53, 54)


class Renderer:
    """Renders the parts of one song; collects the sources used in `used`."""

    def __init__(self, song: Song, palette: Palette):
        self.song, self.palette = song, palette
        self.n_samples = int(song.duration_sec * SAMPLE_RATE_HZ)
        self.rng = np.random.default_rng([song.seed, 7, sum(song.style.encode())])
        self.soundfont = palette.soundfonts[int(self.rng.integers(len(palette.soundfonts)))]
        self.used: set[str] = set()

    def stems(self) -> dict[str, np.ndarray]:
        """Dry stems, float32 [2 x n_samples] each."""
        result = {}
        for stem in STEMS:
            parts = [part for part in self.song.parts if part.stem == stem]
            if parts:
                layers = [at_level(layer, -20.0 + part.gain_db) for part, layer in self._layers(parts)]
                result[stem] = np.sum(layers, axis=0)
        return result

    def _layers(self, parts: list[Part]):
        clean = []
        for part in parts:
            if part.is_drums:
                yield part, self._drums(part)
            elif part.stem == "vocals":
                yield part, self._vocals(part)
            elif isinstance(part.sound, str):
                self.used.add("own synthesizer")
                yield part, drive(render_synth(part, self.n_samples, self.rng), part.drive)
            elif part.drive > 0.02:
                yield part, self._panned(drive(self._midi([part]), part.drive), part.pan)
            else:
                clean.append(part)
        if clean:
            yield max(clean, key=lambda part: part.gain_db), self._midi(clean)

    def _panned(self, audio: np.ndarray, pan: float) -> np.ndarray:
        """Distorting before panning keeps both sides equally driven."""
        mono = audio.mean(axis=0)
        return np.stack([mono * (1 - max(pan, 0)), mono * (1 + min(pan, 0))])

    def _midi(self, parts: list[Part]) -> np.ndarray:
        self.used.add(self.soundfont.path)
        return render_midi(parts, self.soundfont, self.n_samples)

    def _drums(self, part: Part) -> np.ndarray:
        if str(part.sound).startswith("gm:"):
            return self._midi([part])
        if part.sound == "sonicpi":
            self.used.add(SONIC_PI.path)
            return render_kit(part, sonic_pi_kit(self.rng), self.n_samples, self.rng)
        source = self.palette.kits[int(self.rng.integers(len(self.palette.kits)))]
        self.used.add(source.path)
        return render_kit(part, kit_of(source), self.n_samples, self.rng)

    def _vocals(self, part: Part) -> np.ndarray:
        if part.sound == "choir":
            program = int(self.rng.choice(CHOIR_PROGRAMS))
            return self._midi([Part("vocals", program, part.notes)])
        voice, formant = self.palette.voices[int(self.rng.integers(len(self.palette.voices)))]
        formant *= 0.85 if part.sound == "growl" else float(self.rng.uniform(0.94, 1.06))
        self.used.add(f"espeak-ng {voice}")
        audio = sing(part, voice, formant, self.n_samples, self.rng)
        if self.rng.random() < 0.3:
            self._double(audio, part, voice, formant)
        if self.rng.random() < 0.2:
            backing = Part("vocals", int(self.rng.choice(CHOIR_PROGRAMS)), part.notes)
            audio += at_level(self._midi([backing]), -30.0)
        return audio

    def _double(self, audio: np.ndarray, part: Part, voice: str, formant: float) -> None:
        """Add a second take, wide: the same line with another drift and vibrato."""
        second = sing(part, voice, formant * 1.02, self.n_samples, self.rng) * 0.5
        delay = int(self.rng.uniform(0.008, 0.025) * SAMPLE_RATE_HZ)
        audio[0, delay:] += second[0, :-delay] * 0.9
        audio[1] += second[1] * 0.4


def render_song(song: Song, palette: Palette = TRAINING) -> tuple[np.ndarray, list[str]]:
    """int16 [4 x 2 x n_samples] in the order bass, drums, other, vocals; and the sources used."""
    renderer = Renderer(song, palette)
    stems = renderer.stems()
    return mix(stems, renderer.rng, song.reverb, song.squash, song.tilt_db), sorted(renderer.used)
