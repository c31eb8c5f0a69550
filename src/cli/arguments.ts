// Arguments that several commands take.
import { InvalidArgumentError } from 'commander';

export function seedOf(text: string): number {
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff) return seed;
  throw new InvalidArgumentError('a seed is a whole number from 0 on');
}
