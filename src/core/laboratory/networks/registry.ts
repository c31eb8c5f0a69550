// The laboratory's networks by name: a new one is a file, a line here, and a line in domain/laboratory-networks.ts.
import type { NetworkName } from '../../domain/laboratory-networks.ts';
import { stemsCnn } from '../stems-cnn/network.ts';
import type { NetworkMaker } from './network-maker.ts';

export const NETWORK_MAKERS: Record<NetworkName, NetworkMaker> = {
  'stems-cnn': stemsCnn,
};
