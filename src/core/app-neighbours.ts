// Puts neighbours and duplicates together, for app.ts.
import { type NeighbourParts, NeighbourService } from './services/neighbours.ts';

export interface NeighbourServices {
  neighbours: NeighbourService;
}

export function createNeighbourServices(parts: NeighbourParts): NeighbourServices {
  return { neighbours: new NeighbourService(parts) };
}
