// What a worker is asked about sounds that are the same.
import type { DuplicatePair } from './duplicate.ts';

export interface FindDuplicatesTask {
  kind: 'findDuplicates';
  libraryFile: string;
}

export interface FoundDuplicates {
  pairs: DuplicatePair[];
  /** Tracks that were compared. */
  nTracks: number;
}

export type NeighbourTask = FindDuplicatesTask;

export interface NeighbourTaskResults {
  findDuplicates: FoundDuplicates;
}
