// The audio profiles: every rate, FFT size, hop and mel count, once. Model manifests are checked against them on load.

export interface MelProfile {
  id: string;
  sampleRateHz: number;
  fftSamples: number;
  hopSamples: number;
  nMels: number;
  fMinHz: number;
  fMaxHz: number;
  /** dB below the window's maximum at which everything is cut. */
  floorDb: number;
}

export interface StftProfile {
  sampleRateHz: number;
  fftSamples: number;
  hopSamples: number;
}

/** The rate everything is decoded and separated at; stereo. */
export const DECODE_RATE_HZ = 44_100;
export const DECODE_CHANNELS = 2;

export const MEL_PROFILE: MelProfile = {
  id: 'mel-22050-2048-512-128-slaney',
  sampleRateHz: 22_050,
  fftSamples: 2048,
  hopSamples: 512,
  nMels: 128,
  fMinHz: 0,
  fMaxHz: 11_025,
  floorDb: -80,
};

/** What an analysis computed: another one is outdated. */
export const ANALYSIS_PROFILE_ID = `${MEL_PROFILE.id}+descriptors-518+stems+fingerprint`;

/** Shorter audio is refused with a sentence: nothing reliable can be heard in it. */
export const MIN_DURATION_SEC = 1;

/** Slices of the stored waveform overview. */
export const WAVEFORM_SLICES = 1000;
