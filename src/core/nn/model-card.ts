// What a bundled model's manifest says of it, as lines for a person: what it learned from, its licence, every figure that was measured.
import type { ClassifierManifest, SeparatorManifest } from './model-manifest.ts';

export function cardOf({ trainedOn, license, parameters, figures }: ClassifierManifest | SeparatorManifest): string[] {
  return [
    `Learned from: ${trainedOn}`,
    `Weights: ${license}, ${parameters.toLocaleString('en')} parameters`,
    ...Object.entries(figures).map(([name, value]) => `${inWords(name)}: ${figureLine(value)}`),
  ];
}

/** Nested figures in one line: "accuracy 0.94, f1 (blues 1, jazz 0.9)". */
function figureLine(value: unknown): string {
  if (Array.isArray(value)) return value.map(figureLine).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) =>
        typeof inner === 'object' && inner !== null
          ? `${inWords(name)} (${figureLine(inner)})`
          : `${inWords(name)} ${figureLine(inner)}`,
      )
      .join(', ');
  }
  return String(value);
}

/** "siSdrImprovementDb" -> "si sdr improvement db" */
function inWords(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}
