// How the laboratory's networks are made from what a step asks for.
import type { FitStep } from '../../domain/laboratory-networks.ts';
import type { Network } from '../../nn/tfjs/network/net.ts';

export type NetworkMaker = (options: FitStep['options'], nClasses: number) => Network;
