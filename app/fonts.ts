import localFont from "next/font/local";

// The fonts come from the @fontsource-variable packages and are served by Foyer itself.

/** The main font. "optional": if it is not loaded within 100 ms, the fallback stays, so the layout does not shift. */
const latin = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  weight: "200 800",
  display: "optional",
  variable: "--face-latin",
  adjustFontFallback: "Arial",
});

/** Extended Latin, for names such as Łukasz or Şebnem. Loaded only if a page needs it. */
const latinMore = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
  weight: "200 800",
  display: "optional",
  variable: "--face-latin-more",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1E00-1E9F, U+1EF2-1EFF",
    },
  ],
});

/** The font for codes, whose characters must be distinguishable. "swap": it may load late, because codes have their own lines. */
const mono = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-wght-normal.woff2",
  weight: "200 800",
  display: "swap",
  variable: "--face-mono",
  preload: false,
  adjustFontFallback: false,
});

/** Class names for `<html>` that define the font variables of globals.css. */
export const fontVariables = `${latin.variable} ${latinMore.variable} ${mono.variable}`;
