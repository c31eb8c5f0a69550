// The protocols by name: a new one is a folder and a line here.
import type { ProtocolName } from '../domain/laboratory.ts';
import { descriptorsProtocol } from './descriptors/protocol.ts';
import { divideAndConquerProtocol } from './divide-and-conquer/protocol.ts';
import { ecapaProtocol } from './ecapa/protocol.ts';
import { pairsProtocol } from './pairs/protocol.ts';
import { stemsCnnProtocol } from './stems-cnn/protocol.ts';
import type { Protocol } from './study.ts';
import { transferProtocol } from './transfer/protocol.ts';

export const PROTOCOL_RUNS: Record<ProtocolName, Protocol> = {
  descriptors: descriptorsProtocol,
  transfer: transferProtocol,
  'stems-cnn': stemsCnnProtocol,
  'divide-and-conquer': divideAndConquerProtocol,
  pairs: pairsProtocol,
  ecapa: ecapaProtocol,
};
