import localFont from "next/font/local";

// The faces come with the packages of @fontsource-variable and are served by Foyer itself.

/** The face of everything. "optional": whoever has no face in a tenth of a second keeps the stand-in, and nothing moves. */
const latin = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  weight: "200 800",
  display: "optional",
  variable: "--face-latin",
  adjustFontFallback: "Arial",
});

/** The same for names such as Łukasz or Şebnem; fetched only where one is on the page. */
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

/** Codes: letters that must not be mistaken for each other, so it may come late, on lines of their own. */
const mono = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-wght-normal.woff2",
  weight: "200 800",
  display: "swap",
  variable: "--face-mono",
  preload: false,
  adjustFontFallback: false,
});

/** Makes the faces known to the tokens of globals.css; for `<html>`. */
export const faces = `${latin.variable} ${latinMore.variable} ${mono.variable}`;
