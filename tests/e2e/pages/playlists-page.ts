// The playlists as a person uses them: the list, the open one, rows dragged by a real pointer, and the forms that make new ones.
import type { Locator, Page } from 'playwright-core';

export class PlaylistsPage {
  readonly page: Page;
  readonly list: Locator;
  readonly grid: Locator;
  readonly preview: Locator;
  /** The name in a form that makes a playlist. */
  readonly name: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('list', { name: 'Playlists' });
    this.grid = page.getByRole('grid');
    this.preview = page.getByTestId('making-preview');
    this.name = page.getByRole('form').getByRole('textbox', { name: 'Name of the playlist' });
  }

  item(name: string): Locator {
    return this.list.getByRole('button', { name: new RegExp(`^${name}`) });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true, level: 2 });
  }

  row(index: number): Locator {
    return this.grid.getByRole('row').nth(index + 1);
  }

  /** Titles in the order of the open list. */
  async titles(): Promise<string[]> {
    return this.grid.locator('[role="row"] .title').allInnerTexts();
  }

  /** Picks something up, and lets it go where `to` is once the drag goes on. */
  async drag(from: Locator, to: () => Promise<Locator>, onTheWay: () => Promise<void> = async () => {}): Promise<void> {
    const { mouse } = this.page;
    const start = (await from.boundingBox())!;
    await mouse.move(start.x + 120, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(start.x + 130, start.y + start.height / 2 + 6, { steps: 3 });
    const target = await to();
    await target.waitFor();
    const end = (await target.boundingBox())!;
    await mouse.move(end.x + Math.min(60, end.width / 2), end.y + end.height * 0.75, { steps: 5 });
    await onTheWay();
    await mouse.up();
  }

  field(index: number): Locator {
    return this.page.getByRole('combobox', { name: 'Field' }).nth(index);
  }

  comparison(index: number): Locator {
    return this.page.getByRole('combobox', { name: 'Comparison' }).nth(index);
  }

  async writeRulesAs(tab: 'Form' | 'Text'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'How the rules are written' }).getByText(tab, { exact: true }).click();
  }

  async chooseRecipe(name: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Recipe' }).getByRole('radio', { name }).check();
  }

  /** Types into a field that finds tracks, and takes the first one. */
  async findTrack(field: string, text: string): Promise<void> {
    await this.page.getByRole('combobox', { name: field, exact: true }).fill(text);
    await this.page.getByRole('option').filter({ hasText: text }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** How many tracks the preview tells of. */
  async nPreviewed(): Promise<number> {
    return Number.parseInt(await this.preview.getByRole('status').first().innerText(), 10);
  }
}
