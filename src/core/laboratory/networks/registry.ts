// The laboratory's networks by name: a new one is a file, a line here, and a line in domain/laboratory-networks.ts.
import type { FitStep, NetworkName } from '../../domain/laboratory-networks.ts';
import type { Network } from '../../nn/tfjs/network/net.ts';
import { stemsCnn } from '../stems-cnn/network.ts';

export type NetworkMaker = (options: FitStep['options'], nClasses: number) => Network;

export const NETWORK_MAKERS: Record<NetworkName, NetworkMaker> = {
  'stems-cnn': stemsCnn,
};
