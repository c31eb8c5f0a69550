// The networks that the protocol `ecapa` compares, and what was published of them.
import type { FitStep, NetworkName } from '../../domain/laboratory-networks.ts';

export interface Variant {
  name: string;
  network: NetworkName;
  options: FitStep['options'];
  /** Share of GTZAN's recordings, each heard as a whole; null where only other datasets were published. */
  paper: number | null;
}

export const SOURCE = 'Heo et al. 2023, GTZAN, 10 folds';
/** The last variant, its windows averaged. */
export const PAPER_AVERAGED = 0.911;

const RESNET18 = [2, 2, 2, 2];
const RESNET34 = [3, 4, 6, 3];
const SEPARATED = [
  { s: 512, c: 512, paper: 0.879, byBands: null },
  { s: 256, c: 768, paper: 0.882, byBands: 0.895 },
  { s: 256, c: 1024, paper: 0.886, byBands: 0.897 },
  { s: 512, c: 1024, paper: 0.886, byBands: 0.902 },
] as const;

export const VARIANTS: readonly Variant[] = [
  { name: 'ResNet18', network: 'residual-network', options: { nBlocks: RESNET18, hasGates: false }, paper: 0.857 },
  { name: 'ResNet34', network: 'residual-network', options: { nBlocks: RESNET34, hasGates: false }, paper: 0.863 },
  { name: 'SE-ResNet34', network: 'residual-network', options: { nBlocks: RESNET34, hasGates: true }, paper: 0.853 },
  { name: 'VGG', network: 'vgg', options: {}, paper: null },
  { name: 'Bottom-up broadcast', network: 'broadcast-network', options: {}, paper: 0.939 },
  { name: 'ECAPA-TDNN', network: 'ecapa-tdnn', options: { nStop: 0, nContinue: 1024, isByBands: false }, paper: 0.879 },
  ...SEPARATED.map(
    ({ s, c, paper }): Variant => ({
      name: `Separated (${s}, ${c})`,
      network: 'ecapa-tdnn',
      options: { nStop: s, nContinue: c, isByBands: false },
      paper,
    }),
  ),
  ...SEPARATED.flatMap(({ s, c, byBands }): Variant[] =>
    byBands === null
      ? []
      : [
          {
            name: `Separated (${s}, ${c}), by bands`,
            network: 'ecapa-tdnn',
            options: { nStop: s, nContinue: c, isByBands: true },
            paper: byBands,
          },
        ],
  ),
];
