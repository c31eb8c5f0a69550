// Fields of rules and their choices in the window's language.
import { CATALOGUE } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/message-keys.ts';
import { keyName } from './key-words.ts';
import { t } from './language.ts';

/** Fields that the catalogue names. */
type NamedField = NameIn<Extract<keyof Messages['rules'], `field_${string}`>>;
type NameIn<Key> = Key extends `field_${infer Name}` ? Name : never;

/** The engine's own name for a field that the catalogue does not know. */
export function fieldName({ name, label }: { name: string; label: string }): string {
  return isNamed(name) ? t(`rules.field_${name}`) : label;
}

function isNamed(name: string): name is NamedField {
  return Object.hasOwn(CATALOGUE.en.rules, `field_${name}`);
}

/** One of a field's choices; "A minor" of a key. */
export function choiceName(field: string, choice: string): string {
  const known = CHOICES[field]?.[choice];
  if (known) return known();
  return field === 'key' ? keyName(choice) : choice;
}

const CHOICES: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  status: {
    analysed: () => t('rules.status_analysed'),
    failed: () => t('rules.status_failed'),
    missing: () => t('rules.status_missing'),
    pending: () => t('rules.status_pending'),
  },
  genreOrigin: {
    hand: () => t('rules.origin_hand'),
    import: () => t('rules.origin_import'),
    model: () => t('rules.origin_model'),
    tag: () => t('rules.origin_tag'),
  },
  mode: { major: () => t('rules.mode_major'), minor: () => t('rules.mode_minor') },
};
