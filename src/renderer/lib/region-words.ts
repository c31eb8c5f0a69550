// Names of a map's regions in the window's language.
import type { MapCluster } from '../../contract/index.ts';
import { genreInside, t } from './language.ts';

type Traits = NonNullable<MapCluster['traits']>;

/** Maps of an older version have English names alone. */
export function regionName({ name, traits }: Pick<MapCluster, 'name' | 'traits'>): string {
  if (!traits) return name;
  const { genres, isMixed, paces, sounds, number } = traits;
  const before = paces.map((pace) => t(`map.pace_${pace}`));
  const said = t('map.region', {
    isMostly: isMixed && genres.length > 0 ? 'yes' : 'no',
    before: before.length > 0 ? before.reduce((first, second) => t('map.traitsBefore', { first, second })) : 'none',
    noun: nounOf(traits),
    after: sounds.length > 0 ? sounds.map((sound) => t(`map.sound_${sound}`)).join(', ') : 'none',
  });
  return number > 1 ? t('map.regionNumbered', { name: said, n: number }) : said;
}

function nounOf({ genres, isMixed }: Traits): string {
  const [first, second] = genres.map(genreInside);
  if (first === undefined) return t(isMixed ? 'map.nounMixed' : 'map.nounMusic');
  return second === undefined ? first : t('map.nounPair', { first, second });
}
