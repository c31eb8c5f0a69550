// What the player drives: the file itself, or its four stems.

export interface TransportEvents {
  /** Playing, paused, waiting for data, or duration known. */
  changed(): void;
  ended(): void;
  failed(sentence: string): void;
}

export interface Transport {
  readonly currentSec: number;
  /** Null until it is known. */
  readonly durationSec: number | null;
  readonly playing: boolean;
  play(): Promise<void>;
  pause(): void;
  seek(seconds: number): void;
  /** Linear, 0..1. */
  setGain(gain: number): void;
  close(): void;
}
