// The learning rate of every step of a training.
import type { FitEpoch, FitRecipe } from '../../domain/laboratory-networks.ts';

/** @param epoch 0-based, and how far it is, 0..1 @param epochs those that have ended */
export function rateAt(
  { rate, schedule, nEpochs }: FitRecipe,
  epoch: number,
  fraction: number,
  epochs: readonly FitEpoch[],
): number {
  switch (schedule.kind) {
    case 'constant':
      return rate;
    case 'cosine': {
      const now = epoch + fraction;
      const { warmupEpochs } = schedule;
      if (now < warmupEpochs) return rate * Math.max(0.01, now / warmupEpochs);
      return (rate * (1 + Math.cos((Math.PI * (now - warmupEpochs)) / Math.max(1e-9, nEpochs - warmupEpochs)))) / 2;
    }
    case 'steps':
      return rate * schedule.factor ** Math.floor(epoch / schedule.everyEpochs);
    case 'plateau':
      return rate * schedule.factor ** nPlateaus(epochs, schedule.patience);
  }
}

/** How often the checked loss has not fallen for `patience` epochs in a row. */
function nPlateaus(epochs: readonly FitEpoch[], patience: number): number {
  let [least, nBad, nFound] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const { checkedLoss } of epochs) {
    if (checkedLoss < least) [least, nBad] = [checkedLoss, 0];
    else nBad++;
    if (nBad >= patience) [nBad, nFound] = [0, nFound + 1];
  }
  return nFound;
}
