// What axe finds wrong with a page, one line a place.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export async function accessibilityViolations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script element: the page's content policy stays as it is.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof import('axe-core') };
    return (await inPage.run()).violations.map(({ id, nodes }) => ({ id, places: nodes.map(({ html }) => html) }));
  });
  return violations.flatMap(({ id, places }) => places.map((html) => `${id}: ${html}`));
}
