// Words that do not fit where they stand: longer ones of another language, or a smaller window.
import type { Page } from 'playwright-core';

/** Texts of buttons, headings, labels and legends that are wider than their place and are not meant to be cut. */
export async function overflowingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const places = document.querySelectorAll<HTMLElement>(
      'button, h1, h2, h3, th, dt, label, legend, [role="columnheader"], [role="tab"], .segments label',
    );
    return [...places].flatMap((place) => {
      const isShown = place.checkVisibility() && getComputedStyle(place).clipPath === 'none';
      const isMeantToBeCut = place.matches('.cut') || place.querySelector('.cut, input, .hidden-visually') !== null;
      // Of a heading its own words: the edge that sizes the column lies outside.
      const words = place.role === 'columnheader' ? place.firstElementChild : null;
      const spare = (words ?? place).scrollWidth - place.clientWidth;
      return isShown && !isMeantToBeCut && place.clientWidth > 0 && spare > 1
        ? [`${place.textContent.trim().replace(/\s+/g, ' ')} (${spare} px)`]
        : [];
    });
  });
}
