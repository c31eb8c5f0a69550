// An entry of a menu.
export interface MenuItem {
  name: string;
  /** The key that does the same outside the menu. */
  keys?: string;
  /** A line is drawn above it. */
  isApart?: boolean;
  run: () => void;
}
