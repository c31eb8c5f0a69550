// English: the words that the other languages translate.
import { common } from './common.ts';
import { count } from './count.ts';
import { exporting } from './exporting.ts';
import { health } from './health.ts';
import { labels } from './labels.ts';
import { library } from './library.ts';
import { map } from './map.ts';
import { menu } from './menu.ts';
import { player } from './player.ts';
import { playlists } from './playlists.ts';
import { reasons } from './reasons.ts';
import { recipes } from './recipes.ts';
import { rules } from './rules.ts';
import { scan } from './scan.ts';
import { sentences } from './sentences.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { shortcuts } from './shortcuts.ts';
import { soundsLike } from './sounds-like.ts';
import { tags } from './tags.ts';
import { teach } from './teach.ts';
import { tour } from './tour.ts';
import { track } from './track.ts';
import { units } from './units.ts';
import { welcome } from './welcome.ts';
import { why } from './why.ts';

export const en = {
  common,
  count,
  exporting,
  health,
  labels,
  library,
  map,
  menu,
  player,
  playlists,
  reasons,
  recipes,
  rules,
  scan,
  sentences,
  settings,
  shell,
  shortcuts,
  soundsLike,
  tags,
  teach,
  tour,
  track,
  units,
  welcome,
  why,
};
