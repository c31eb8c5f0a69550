// The window's words come from the catalogue of messages, in every language, with the values they name.
import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';
import { wordsInSource } from './words.ts';

/** Programs for the graphics card, and pictures. */
const NOT_READ = /map-shaders\.ts$/;

test('no words stand in the source of the window', async () => {
  const files = (await sourceFiles()).filter(({ path }) => path.startsWith('src/renderer/') && !NOT_READ.test(path));
  const found = files.flatMap(({ path, text }) =>
    wordsInSource(text, path.endsWith('.ts')).map((words) => `${path}:${words.line} ${words.text}`),
  );
  expect(found).toEqual([]);
});

test('words are found where they hide', () => {
  const component = `<script lang="ts">
const names = { a: 'Not yet' };
</script>
<p title="More of it">Hello there {names.a} {cut ? 'and more' : ''}</p>
<button class="button button-small" aria-label={t('common.close')} onclick={() => tell(\`Gone: \${name} is away\`)}></button>`;
  expect(wordsInSource(component, false).map(({ text }) => text)).toEqual([
    'Not yet',
    'More of it',
    'Hello there',
    'and more',
    'is away',
  ]);
  expect(wordsInSource("export const a = { name: 'Later', key: 'later', css: 'var(--a) solid' };", true)).toHaveLength(1);
});
