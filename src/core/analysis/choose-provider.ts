// Chooses where the models run: every provider the runtime has is timed on the real models in a worker of its own
// (a driver that crashes costs only its probe), and the fastest one whose outputs agree with the CPU's is taken.
import type { ProbeResult, Provider } from '../domain/analysis.ts';
import { toFailure } from '../domain/errors.ts';

/** Largest difference from the CPU that still counts as the same answer. */
const MAX_LOGIT_DIFFERENCE = 0.02;
const MAX_MASK_DIFFERENCE = 0.01;
/** Drivers explain themselves at length. */
const MAX_DETAIL = 160;

export interface ProviderReport {
  provider: Provider;
  /** Null when the provider could not run. */
  separatorMs: number | null;
  classifierMs: number | null;
  agrees: boolean;
  detail: string;
}

export type Probe = (provider: Provider) => Promise<ProbeResult>;

/** @returns the chosen provider and what was measured of each; the CPU comes first. */
export async function chooseProvider(probe: Probe): Promise<{ chosen: Provider; reports: ProviderReport[] }> {
  const cpu = await probe('cpu');
  const reports: ProviderReport[] = [report('cpu', cpu, cpu)];
  for (const provider of cpu.supported.filter((name) => name !== 'cpu')) {
    try {
      reports.push(report(provider, await probe(provider), cpu));
    } catch (error) {
      const detail = `not available: ${toFailure(error).message.slice(0, MAX_DETAIL)}`;
      reports.push({ provider, separatorMs: null, classifierMs: null, agrees: false, detail });
    }
  }
  const usable = reports.filter((entry) => entry.agrees && entry.separatorMs !== null);
  usable.sort((a, b) => totalMs(a) - totalMs(b));
  return { chosen: usable[0]?.provider ?? 'cpu', reports };
}

function totalMs(entry: ProviderReport): number {
  return (entry.separatorMs ?? 0) + (entry.classifierMs ?? 0);
}

function report(provider: Provider, result: ProbeResult, cpu: ProbeResult): ProviderReport {
  const logits = maxDifference(result.logits, cpu.logits);
  const masks = maxDifference(result.masks, cpu.masks);
  const agrees = logits <= MAX_LOGIT_DIFFERENCE && masks <= MAX_MASK_DIFFERENCE;
  const { separatorMs, classifierMs } = result;
  const speed = `10 s separated in ${separatorMs.toFixed(0)} ms, classified in ${classifierMs.toFixed(0)} ms`;
  const difference = agrees ? '' : ` (differs from the CPU by ${logits.toPrecision(2)}: not used)`;
  return { provider, separatorMs, classifierMs, agrees, detail: speed + difference };
}

/** Infinity when one of them holds something that is not a number. */
function maxDifference(a: Float32Array, b: Float32Array): number {
  let max = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= max)) max = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return max;
}
