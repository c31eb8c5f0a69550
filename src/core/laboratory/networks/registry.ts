// The laboratory's networks by name: a new one is a file, a line here, and a line in domain/laboratory-networks.ts.
import type { NetworkName } from '../../domain/laboratory-networks.ts';
import { divideAndConquer } from '../divide-and-conquer/network.ts';
import { broadcastNetwork } from '../ecapa/broadcast-network.ts';
import { ecapaTdnn } from '../ecapa/ecapa-tdnn.ts';
import { residualNetwork } from '../ecapa/residual-network.ts';
import { vgg } from '../ecapa/vgg.ts';
import { pairNetwork } from '../pairs/network.ts';
import { stemsCnn } from '../stems-cnn/network.ts';
import type { NetworkMaker } from './network-maker.ts';

export const NETWORK_MAKERS: Record<NetworkName, NetworkMaker> = {
  'stems-cnn': stemsCnn,
  'ecapa-tdnn': ecapaTdnn,
  'residual-network': residualNetwork,
  vgg,
  'broadcast-network': broadcastNetwork,
  'divide-and-conquer': divideAndConquer,
  pairs: pairNetwork,
};
