/** The light tokens of the app as hex: mail programs know no oklch. */
export const LIGHT = {
  canvas: "#f4f8f9",
  surface: "#fdfeff",
  line: "#d5dedf",
  control: "#75878b",
  ink: "#152328",
  muted: "#485a60",
  accent: "#115968",
  onAccent: "#f9fdfd",
};

/** The dark ones, for programs that keep a style sheet; the others show the light letter or darken it themselves. */
export const DARK = `
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
