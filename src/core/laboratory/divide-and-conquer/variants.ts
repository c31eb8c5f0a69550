// The network and what was changed in it, one thing at a time.
import type { FitRecipe, FitStep } from '../../domain/laboratory-networks.ts';

export interface Variant {
  name: string;
  options: FitStep['options'];
  schedule: FitRecipe['schedule'];
}

const CONSTANT = { kind: 'constant' } as const;
/** Half the rate when the loss on what is held back has not fallen for three epochs. */
const FALLING = { kind: 'plateau', patience: 3, factor: 0.5 } as const;

export const VARIANTS: readonly Variant[] = [
  { name: 'Base', options: {}, schedule: CONSTANT },
  { name: 'L2', options: { usesL2: true }, schedule: CONSTANT },
  { name: 'Learning-rate schedule', options: {}, schedule: FALLING },
  { name: '3 convolutions', options: { nConvolutions: 3 }, schedule: CONSTANT },
  { name: '2 convolutions', options: { nConvolutions: 2 }, schedule: CONSTANT },
  { name: 'GRU', options: { recurrent: 'gru' }, schedule: CONSTANT },
];
