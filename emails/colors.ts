/** The light theme of the app as hex colors, because email clients do not support oklch. */
export const LIGHT_COLORS = {
  canvas: "#f4f8f9",
  surface: "#fdfeff",
  line: "#d5dedf",
  control: "#75878b",
  ink: "#152328",
  muted: "#485a60",
  accent: "#115968",
  onAccent: "#f9fdfd",
};

/** The dark theme, for email clients that keep a style sheet; others show the light colors or darken them themselves. */
export const DARK_STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: #0f1619 !important; }
  .surface { background-color: #151e21 !important; border-color: #2b363a !important; }
  .edge { border-color: #2b363a !important; }
  .dots { border-color: #667a7f !important; }
  .ink { color: #e7eeef !important; }
  .muted { color: #a0b0b3 !important; }
  .link { color: #77ced8 !important; }
  .action { background-color: #77ced8 !important; color: #051a21 !important; }
}`;
