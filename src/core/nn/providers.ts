// Which ONNX Runtime providers the installed package can open here; a measured probe decides which one is used.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listSupportedBackends } from 'onnxruntime-node';
import { PROVIDERS, type Provider } from '../domain/analysis.ts';

/** Those inside the package, and CUDA where its separate libraries were put beside it. */
export function supportedProviders(): Provider[] {
  const names = listSupportedBackends()
    .filter(({ name, bundled }) => bundled || (name === 'cuda' && hasCudaLibraries()))
    .map(({ name }) => name);
  return PROVIDERS.filter((provider) => names.includes(provider));
}

function hasCudaLibraries(): boolean {
  const packageDir = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const files = readdirSync(join(packageDir, 'bin'), { recursive: true, encoding: 'utf8' });
  return files.some((file) => file.includes('onnxruntime_providers_cuda'));
}
