/// <reference types="svelte" />
// Lets state classes run outside of a component: a rune that is not compiled is only its first value.
// Import it before the class under test. The classes use plain getters, so nothing else is needed to read them.

const value = <T>(initial: T): T => initial;

Object.assign(globalThis, { $state: Object.assign(value, { raw: value }) });
