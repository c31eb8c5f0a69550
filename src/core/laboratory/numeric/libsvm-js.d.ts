// The parts of libsvm-js that are used; the package brings no types of its own.
declare module 'libsvm-js' {
  export interface Svm {
    train(samples: readonly ArrayLike<number>[], labels: readonly number[]): void;
    predict(samples: readonly ArrayLike<number>[]): number[];
    /** Its memory is WebAssembly's: nobody else frees it. */
    free(): void;
  }
  export interface SvmOptions {
    type: string;
    kernel: string;
    cost: number;
    gamma?: number;
    cacheSize?: number;
    tolerance?: number;
    quiet: boolean;
  }
  export interface SvmClass {
    new (options: SvmOptions): Svm;
    readonly SVM_TYPES: { readonly C_SVC: string };
    readonly KERNEL_TYPES: { readonly RBF: string; readonly PRECOMPUTED: string };
  }
}
