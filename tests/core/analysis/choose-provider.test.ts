import { describe, expect, it } from 'vitest';
import { chooseProvider } from '../../../src/core/analysis/choose-provider.ts';
import type { ProbeResult, Provider } from '../../../src/core/domain/analysis.ts';
import { StemscapeError } from '../../../src/core/domain/errors.ts';

const result = (provider: Provider, ms: number, logit = 1): ProbeResult => ({
  provider,
  supported: ['cpu', 'cuda', 'webgpu'],
  separatorMs: ms,
  classifierMs: 1,
  logits: Float32Array.of(logit, 0),
  masks: Float32Array.of(0.25, 0.25),
});

/** A machine as a table: what each provider answers. */
const machine = (answers: Partial<Record<Provider, ProbeResult>>) => async (provider: Provider) => {
  const answer = answers[provider];
  if (!answer) throw new StemscapeError('model.failed', `${provider} is not here.`);
  return answer;
};

describe('chooseProvider', () => {
  it('takes the fastest provider that agrees with the CPU', async () => {
    const probe = machine({ cpu: result('cpu', 100), cuda: result('cuda', 5), webgpu: result('webgpu', 20) });
    expect((await chooseProvider(probe)).chosen).toBe('cuda');
  });

  it('never takes one that computes something else, however fast', async () => {
    const probe = machine({ cpu: result('cpu', 100), cuda: result('cuda', 5, Number.NaN), webgpu: result('webgpu', 20, 1.5) });
    const { chosen, reports } = await chooseProvider(probe);
    expect(chosen).toBe('cpu');
    expect(reports.map(({ provider, agrees }) => [provider, agrees])).toEqual([
      ['cpu', true],
      ['cuda', false],
      ['webgpu', false],
    ]);
  });

  it('stays on the CPU where nothing else runs, and keeps the reason', async () => {
    const { chosen, reports } = await chooseProvider(machine({ cpu: result('cpu', 100) }));
    expect(chosen).toBe('cpu');
    expect(reports[1]).toMatchObject({ provider: 'cuda', separatorMs: null, detail: 'not available: cuda is not here.' });
  });

  it('fails when not even the CPU can run the models', async () => {
    await expect(chooseProvider(machine({}))).rejects.toMatchObject({ code: 'model.failed' });
  });
});
