// Which ONNX Runtime providers this platform's package may have; a measured probe decides which one is used.

export const PROVIDERS = ['cpu', 'cuda', 'webgpu', 'dml', 'coreml'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Candidates besides the CPU, best guess first. onnxruntime-node ships WebGPU everywhere, DirectML on Windows,
 * CoreML on macOS; CUDA answers only where its separate libraries were installed. */
export function candidateProviders(platform: NodeJS.Platform): Provider[] {
  switch (platform) {
    case 'win32':
      return ['dml', 'webgpu'];
    case 'darwin':
      return ['coreml', 'webgpu'];
    default:
      return ['cuda', 'webgpu'];
  }
}
