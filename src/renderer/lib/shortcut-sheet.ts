// The sheet on `?`: every shortcut, by where it works.
import type { Messages } from '../../messages/message-keys.ts';
import { t } from './language.ts';

type Said = keyof Messages['shortcuts'];

interface Shortcut {
  keys: readonly string[];
  does: Said;
}

const SHORTCUT_GROUPS: readonly { name: Said; shortcuts: readonly Shortcut[] }[] = [
  {
    name: 'anywhere',
    shortcuts: [
      { keys: ['/', 'Ctrl F'], does: 'search' },
      { keys: ['1', '2', '3'], does: 'views' },
      { keys: ['4', '5', '6', '7'], does: 'moreViews' },
      { keys: ['Ctrl Z', 'Ctrl Shift Z'], does: 'undo' },
      { keys: ['Esc'], does: 'closePanel' },
      { keys: ['?'], does: 'sheet' },
    ],
  },
  {
    name: 'playing',
    shortcuts: [
      { keys: ['Space'], does: 'playPause' },
      { keys: ['Shift →', 'Shift ←'], does: 'nextPrevious' },
      { keys: ['→', '←'], does: 'seek' },
      { keys: ['U'], does: 'nextUp' },
    ],
  },
  {
    name: 'inList',
    shortcuts: [
      { keys: ['↑', '↓', 'J', 'K'], does: 'move' },
      { keys: ['Home', 'End'], does: 'firstLast' },
      { keys: ['Page ↑', 'Page ↓'], does: 'screen' },
      { keys: ['Enter'], does: 'playTrack' },
      { keys: ['O'], does: 'showDetails' },
      { keys: ['Shift ↑', 'Shift ↓'], does: 'selectMore' },
      { keys: ['Ctrl A'], does: 'selectAll' },
      { keys: ['Q', 'Shift Q'], does: 'enqueue' },
      { keys: ['L'], does: 'label' },
      { keys: ['1 … 9'], does: 'labelByKey' },
      { keys: ['P'], does: 'addToPlaylist' },
      { keys: ['W'], does: 'writeTags' },
      { keys: ['Shift F10'], does: 'menu' },
    ],
  },
  {
    name: 'amongCovers',
    shortcuts: [
      { keys: ['↑', '↓', '←', '→'], does: 'move' },
      { keys: ['Enter', 'Shift Enter'], does: 'openPlayAlbum' },
      { keys: ['Q', 'L', 'P'], does: 'enqueueLabelAdd' },
    ],
  },
  {
    name: 'inPlaylist',
    shortcuts: [
      { keys: ['Alt ↑', 'Alt ↓'], does: 'moveTracks' },
      { keys: ['Alt Home', 'Alt End'], does: 'moveTracksFar' },
      { keys: ['Del'], does: 'takeOut' },
      { keys: ['F2'], does: 'renamePlaylist' },
      { keys: ['N'], does: 'newPlaylist' },
    ],
  },
  {
    name: 'onMap',
    shortcuts: [
      { keys: ['+', '-', '0'], does: 'zoom' },
      { keys: ['Enter'], does: 'goToTrack' },
      { keys: ['↑', '↓', '←', '→'], does: 'nextThatWay' },
      { keys: ['Space'], does: 'playTrack' },
      { keys: ['S', 'L', 'P'], does: 'selectLabelAdd' },
      { keys: ['Shift Drag'], does: 'lasso' },
      { keys: ['Shift ↑', 'Shift →', 'Ctrl A'], does: 'selectOnMap' },
      { keys: ['/'], does: 'searchMap' },
    ],
  },
  {
    name: 'amongAlike',
    shortcuts: [
      { keys: ['↑', '↓', 'J', 'K'], does: 'move' },
      { keys: ['Enter'], does: 'playTrack' },
      { keys: ['O'], does: 'openTrack' },
      { keys: ['L', 'P'], does: 'labelAdd' },
    ],
  },
  {
    name: 'labelling',
    shortcuts: [
      { keys: ['1 … 9'], does: 'setGenre' },
      { keys: ['Enter'], does: 'acceptGuess' },
      { keys: ['T'], does: 'typeGenre' },
      { keys: ['S'], does: 'skip' },
      { keys: ['K', 'C'], does: 'keepChange' },
      { keys: ['⌫'], does: 'takeBack' },
    ],
  },
];

/** Keys whose names differ by language. */
const NAMED_KEYS: Readonly<Record<string, Said>> = {
  Ctrl: 'keyCtrl',
  Shift: 'keyShift',
  Space: 'keySpace',
  Home: 'keyHome',
  End: 'keyEnd',
  Page: 'keyPage',
  Del: 'keyDel',
  Drag: 'keyDrag',
};

/** "Ctrl F" as it stands on this computer's keyboard. */
function keyName(keys: string, isMac: boolean): string {
  const names = keys.split(' ').map((key) => {
    if (isMac && key === 'Ctrl') return '⌘';
    const said = NAMED_KEYS[key];
    return said ? t(`shortcuts.${said}`) : key;
  });
  return names.join(' ');
}

/** The sheet in the window's language. */
export function shortcutGroups(isMac: boolean): { name: string; shortcuts: { keys: readonly string[]; does: string }[] }[] {
  return SHORTCUT_GROUPS.map(({ name, shortcuts }) => ({
    name: t(`shortcuts.${name}`),
    shortcuts: shortcuts.map(({ keys, does }) => ({
      keys: keys.map((key) => keyName(key, isMac)),
      does: t(`shortcuts.${does}`),
    })),
  }));
}
