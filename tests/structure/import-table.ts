// Who may import whom. A file may import its own room and what its room's `may` names.

/** The files directly in src/core; its folders each need a rule of their own. */
const CORE_ROOT = 'src/core/*';

export interface RoomRule {
  room: string;
  may: string[];
}

const FOUNDATION = ['src/core/domain/', 'src/core/config/', 'src/core/logger.ts'];
const SENSES = ['audio', 'dsp', 'nn', 'map', 'db'].map((name) => `src/core/${name}/`);
const WORK = [
  'separation',
  'classifier',
  'analysis',
  'training',
  'labels',
  'models',
  'playlists',
  'library',
  'jobs',
  'neighbours',
  'tags',
  'laboratory',
].map((name) => `src/core/${name}/`);
/** What a host needs of the core: to open it, to log, and to start its workers. */
const CORE_FOR_HOSTS = [...FOUNDATION, 'src/core/app', 'src/core/jobs/'];
const HOST = ['src/contract/', 'src/engine/', ...CORE_FOR_HOSTS, 'package.json'];

export const ROOM_RULES: RoomRule[] = [
  { room: 'src/contract/', may: ['src/core/domain/', 'src/core/config/'] },
  { room: 'src/core/domain/', may: FOUNDATION },
  { room: 'src/core/config/', may: FOUNDATION },
  { room: 'src/core/logger.ts', may: [] },
  ...SENSES.map((room) => ({ room, may: [...FOUNDATION, ...SENSES] })),
  ...WORK.map((room) => ({ room, may: [...FOUNDATION, ...SENSES, ...WORK] })),
  { room: 'src/core/services/', may: [...FOUNDATION, ...SENSES, ...WORK, 'src/core/app-events.ts'] },
  // The composition root and what lies beside it: the one place that knows every part.
  { room: CORE_ROOT, may: ['src/core/', 'package.json'] },
  { room: 'src/engine/', may: ['src/contract/', 'src/core/'] },
  { room: 'src/preload/', may: ['src/contract/'] },
  { room: 'src/messages/', may: ['src/core/domain/'] },
  { room: 'src/renderer/', may: ['src/contract/', 'src/messages/'] },
  { room: 'src/main/', may: [...HOST, 'src/messages/'] },
  { room: 'src/server/', may: HOST },
  // The command `serve` is the one way a host reaches another.
  { room: 'src/cli/', may: [...HOST, 'src/server/'] },
];

/** Packages that only some rooms may import; all others are free. */
export const PACKAGE_RULES: { packages: RegExp; only: string[] }[] = [
  { packages: /^electron$/, only: ['src/main/', 'src/preload/'] },
  { packages: /^(onnxruntime-|@tensorflow\/|webgpu$)/, only: ['src/core/nn/'] },
  { packages: /^(better-sqlite3|sqlite-vec|node:sqlite)$/, only: ['src/core/db/'] },
  { packages: /^node-av/, only: ['src/core/audio/'] },
  { packages: /^(libsvm-js|ml-matrix)$/, only: ['src/core/laboratory/'] },
  { packages: /^taglib-wasm/, only: ['src/core/tags/'] },
  { packages: /^(ws|sirv)$/, only: ['src/server/'] },
  { packages: /^intl-messageformat$/, only: ['src/messages/'] },
  { packages: /^commander$/, only: ['src/cli/'] },
  { packages: /^(svelte|bits-ui|virtua|wavesurfer\.js|@lucide\/)/, only: ['src/renderer/'] },
];

/** Rooms that run where there is no Node, or that compute and do nothing else. */
export const ROOMS_WITHOUT_NODE = [
  'src/contract/',
  'src/messages/',
  'src/core/domain/',
  'src/core/config/',
  'src/core/dsp/',
  'src/renderer/',
  'src/preload/',
];

/** The rule of a file, or undefined when no room holds it. */
export function ruleOf(path: string): RoomRule | undefined {
  const named = ROOM_RULES.find((rule) => path.startsWith(rule.room));
  return named ?? (/^src\/core\/[^/]+$/.test(path) ? ROOM_RULES.find((rule) => rule.room === CORE_ROOT) : undefined);
}
