"""Compose one song of a style from a seed: the same seed gives the same song."""

import numpy as np

from training.corpus.harmony import MINOR_SCALES, NOTE_NAMES, Chord, parse_progression
from training.corpus.melody import compose_melody
from training.corpus.patterns import TimedNote, bass_bar, comp_bar, drum_bar
from training.corpus.song import Note, Part, Song
from training.corpus.style_table import STYLES, Comp, Style

VOCAL_RANGES = {"song": (50, 69), "rap": (45, 52), "choir": (53, 72), "growl": (40, 50)}


class Composer:
    """Draws every decision of one song from one random generator, in a fixed order."""

    def __init__(self, style_id: str, seed: int, duration_sec: float):
        self.style: Style = STYLES[style_id]
        self.style_id, self.seed, self.duration_sec = style_id, seed, duration_sec
        self.rng = np.random.default_rng([seed, sum(style_id.encode())])
        low, high = self.style.tempo
        self.tempo_bpm = int(self.rng.integers(low, high + 1))
        self.tonic = int(self.rng.integers(0, 12))
        self.progression = parse_progression(str(self.rng.choice(self.style.progressions)))
        self.scale = self._matching_scale()
        self.swing = float(self.rng.uniform(*self.style.swing))
        self.loose_sec = float(self.rng.uniform(0.002, 0.012))
        beats = self.style.beats_per_bar
        self.n_bars = max(4, int(np.ceil(duration_sec * self.tempo_bpm / 60 / beats)))
        self.chords: list[Chord] = [self.progression[bar % len(self.progression)] for bar in range(self.n_bars)]
        self.section_bars = int(self.rng.choice([2, 4, 4, 8]))

    def compose(self) -> Song:
        """All parts, humanized, cut at the wanted duration."""
        parts = [*self._bass(), *self._drums(), *self._comps(), *self._melodies()]
        mode = "minor" if self.scale in MINOR_SCALES else "major"
        return Song(
            self.style_id,
            self.seed,
            self.tempo_bpm,
            f"{NOTE_NAMES[self.tonic]} {mode}",
            self.tonic,
            self.scale,
            self.duration_sec,
            [part for part in parts if part.notes],
            float(self.rng.uniform(*self.style.reverb)),
            float(self.rng.uniform(*self.style.squash)),
            float(self.rng.uniform(*self.style.tilt_db)),
        )

    def _matching_scale(self) -> str:
        is_minor = self.progression[0].intervals[1] == 3
        matching = [s for s in self.style.scales if (s in MINOR_SCALES) == is_minor or s == "blues"]
        return str(self.rng.choice(matching or (["minor"] if is_minor else ["major"])))

    def _plays(self, probability: float) -> np.ndarray:
        """Which bars a part plays: it may enter late and rest for a section."""
        n_sections = -(-self.n_bars // self.section_bars)
        active = self.rng.random(n_sections) < (0.72 + 0.28 * probability)
        if not active.any():
            active[:] = True
        return np.repeat(active, self.section_bars)[: self.n_bars]

    def _humanized(self, notes: list[TimedNote]) -> list[Note]:
        beat_sec = 60 / self.tempo_bpm
        result = []
        for beat, length, pitch, velocity in notes:
            whole, fraction = divmod(beat, 1.0)
            if self.swing > 0.5 and abs(fraction - 0.5) < 0.01:
                fraction = self.swing
            start = (whole + fraction) * beat_sec + self.rng.normal(0, self.loose_sec)
            velocity = int(np.clip(velocity + self.rng.normal(0, 6), 20, 126))
            if 0 <= start < self.duration_sec - 0.05:
                length_sec = min(max(length * beat_sec, 0.04), self.duration_sec - start)
                result.append(Note(round(start, 4), round(length_sec, 4), int(pitch), velocity))
            elif -0.05 < start < 0:
                result.append(Note(0.0, round(max(length * beat_sec, 0.04), 4), int(pitch), velocity))
        return sorted(result, key=lambda note: (note.start_sec, note.pitch))

    def _bass(self) -> list[Part]:
        if self.rng.random() > self.style.bass_probability:
            return []
        patterns = [str(self.rng.choice(self.style.bass)) for _ in range(2)]
        sounds = self.style.bass_sounds
        sound = sounds[int(self.rng.integers(len(sounds)))]
        plays, notes, beats = self._plays(0.8), [], self.style.beats_per_bar
        for bar in np.flatnonzero(plays):
            following = self.chords[(bar + 1) % self.n_bars]
            pattern = patterns[(bar // self.section_bars) % 2]
            bar_notes = bass_bar(self.rng, pattern, bar, beats, self.chords[bar], following, self.tonic, self.scale)
            notes += [(bar * beats + beat, length, pitch, velocity) for beat, length, pitch, velocity in bar_notes]
        return [Part("bass", sound, self._humanized(notes), drive=float(self.rng.uniform(0, 0.4)))]

    def _drums(self) -> list[Part]:
        if self.rng.random() > self.style.drums_probability:
            return []
        names = [str(self.rng.choice(self.style.drums)) for _ in range(2)]
        source = str(self.rng.choice(self.style.drum_sounds))
        drop = (
            frozenset(str(name) for name in self.rng.choice(["hat", "open", "ride", "tamb", "shaker"], 1))
            if self.rng.random() < 0.15
            else frozenset()
        )
        plays, notes, beats = self._plays(0.7), [], self.style.beats_per_bar
        for bar in np.flatnonzero(plays):
            last_of_section = (bar + 1) % self.section_bars == 0
            fill = last_of_section and self.rng.random() < 0.5
            bar_notes = drum_bar(self.rng, names[(bar // self.section_bars) % 2], bar, beats, drop, fill)
            if bar % self.section_bars == 0 and self.rng.random() < 0.4 and source != "gm:40":
                bar_notes.append((0.0, 0.5, 49, 100))
            notes += [(bar * beats + beat, length, pitch, velocity) for beat, length, pitch, velocity in bar_notes]
        return [Part("drums", source, self._humanized(notes), is_drums=True)]

    def _comps(self) -> list[Part]:
        parts = []
        for index, comp in enumerate(self.style.comps):
            if self.rng.random() <= comp.probability or index == 0:
                parts.append(self._comp(comp, index))
        return parts

    def _comp(self, comp: Comp, index: int) -> Part:
        sound = comp.sounds[int(self.rng.integers(len(comp.sounds)))]
        patterns = [str(self.rng.choice(comp.patterns)) for _ in range(2)]
        centre = comp.centre + int(self.rng.integers(-3, 4))
        plays, notes, beats = self._plays(0.9 if index == 0 else 0.4), [], self.style.beats_per_bar
        for bar in np.flatnonzero(plays):
            pattern = patterns[(bar // self.section_bars) % 2]
            bar_notes = comp_bar(self.rng, pattern, bar, beats, self.chords[bar], self.tonic, centre)
            notes += [(bar * beats + beat, length, pitch, velocity) for beat, length, pitch, velocity in bar_notes]
        pan = float(self.rng.uniform(-0.7, 0.7)) if index else float(self.rng.uniform(-0.4, 0.4))
        gain_db = float(self.rng.uniform(-7, 0)) - (2.0 if index else 0.0)
        return Part("other", sound, self._humanized(notes), comp.drive, gain_db=gain_db, pan=pan)

    def _melodies(self) -> list[Part]:
        sings = self.rng.random() < self.style.vocals_probability
        leads = self.rng.random() < self.style.lead_probability
        parts = []
        sung_bars = self._plays(0.2) if sings else np.zeros(self.n_bars, bool)
        if sings:
            voice = str(self.rng.choice(self.style.voices))
            kind = {"rap": "rap", "choir": "long"}.get(voice, "song")
            low, high = VOCAL_RANGES[voice]
            shift = int(self.rng.integers(-4, 6)) if voice == "song" else 0
            parts.append(self._melody("vocals", voice, kind, low + shift, high + shift, sung_bars))
        if leads:
            sound = self.style.lead_sounds[int(self.rng.integers(len(self.style.lead_sounds)))]
            low = int(self.rng.integers(57, 67))
            lead_bars = ~sung_bars if sings and (~sung_bars).any() else self._plays(0.3)
            part = self._melody("other", sound, self.style.melody, low, low + 19, lead_bars)
            part.drive = 0.7 if sound in (29, 30) else 0.0
            part.gain_db, part.pan = float(self.rng.uniform(-4, 2)), float(self.rng.uniform(-0.4, 0.4))
            parts.append(part)
        return parts

    def _melody(self, stem: str, sound: int | str, kind: str, low: int, high: int, bars: np.ndarray) -> Part:
        beats = self.style.beats_per_bar
        notes = compose_melody(self.rng, kind, self.chords, self.scale, self.tonic, low, high, beats)
        kept = [note for note in notes if bars[min(int(note[0] // beats), self.n_bars - 1)]]
        return Part(stem, sound, self._humanized(kept))


def compose(style_id: str, seed: int, duration_sec: float = 26.0) -> Song:
    """One song of `style_id`. Deterministic."""
    return Composer(style_id, seed, duration_sec).compose()
