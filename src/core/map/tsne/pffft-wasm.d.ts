// The parts of @echogarden/pffft-wasm that are used; the package brings no types of its own.
declare module '@echogarden/pffft-wasm/simd' {
  export interface Pffft {
    readonly HEAPF32: Float32Array;
    _pffft_new_setup(size: number, kind: number): number;
    _pffft_destroy_setup(setup: number): void;
    _pffft_aligned_malloc(bytes: number): number;
    _pffft_aligned_free(address: number): void;
    /** In place is allowed. Scaled by nothing in either direction. */
    _pffft_transform_ordered(setup: number, input: number, output: number, work: number, direction: number): void;
  }
  export default function open(): Promise<Pffft>;
}
