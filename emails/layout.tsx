import type { CSSProperties, ReactNode } from "react";
import { Body, Head, Html, Preview } from "react-email";
import { DARK, LIGHT } from "./colours";

const { canvas, surface, line, control } = LIGHT;

// A name without a space must not push the card off the screen.
const SHEET: CSSProperties = {
  maxWidth: "480px",
  tableLayout: "fixed",
  wordBreak: "break-word",
  color: LIGHT.ink,
};

/** The tables below only place things. */
const grid = { role: "presentation", cellPadding: 0, cellSpacing: 0, border: 0 } as const;

/**
 * The ticket that every letter is: what it asks for above the perforated line, what to keep below it, and help under
 * the card. Tables and inline styles, no pictures, nothing loaded from anywhere; mail programs that know dark get it.
 */
export function Ticket(props: { preview: string; top: ReactNode; stub: ReactNode; help: ReactNode }) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK}</style>
      </Head>
      <Preview>{props.preview}</Preview>
      <Body className="canvas" style={{ margin: 0, padding: 0, backgroundColor: canvas, fontFamily: FONT }}>
        <table {...grid} width="100%" className="canvas" style={{ backgroundColor: canvas }}>
          <tbody>
            <tr>
              <td align="center" style={{ padding: "32px 16px 40px" }}>
                <table {...grid} width="100%" className="ink" style={SHEET}>
                  <tbody>
                    <Part edge="top">{props.top}</Part>
                    <Perforation />
                    <Part edge="bottom">{props.stub}</Part>
                    <tr>
                      <td style={{ padding: "20px 29px 0" }}>{props.help}</td>
                    </tr>
                  </tbody>
                </table>
              </td>
            </tr>
          </tbody>
        </table>
      </Body>
    </Html>
  );
}

export const FONT = "'Atkinson Hyperlegible Next', 'Segoe UI', Helvetica, Arial, sans-serif";
export const MONO = "'SF Mono', Consolas, 'Liberation Mono', Menlo, monospace";

function Part({ edge, children }: { edge: "top" | "bottom"; children: ReactNode }) {
  const border = `1px solid ${line}`;
  const style: CSSProperties =
    edge === "top"
      ? { borderTop: border, borderRadius: "10px 10px 0 0", padding: "28px 28px 20px" }
      : { borderBottom: border, borderRadius: "0 0 10px 10px", padding: "16px 28px 26px" };
  return (
    <tr>
      <td
        className="surface"
        style={{ ...style, borderLeft: border, borderRight: border, backgroundColor: surface }}
      >
        {children}
      </td>
    </tr>
  );
}

/** The dotted line with a half-moon bitten out at either end. */
function Perforation() {
  return (
    <tr>
      <td className="surface" style={{ backgroundColor: surface }}>
        <table {...grid} width="100%">
          <tbody>
            <tr>
              <Moon corners="0 9px 9px 0" open="borderLeftWidth" />
              <td>
                <div
                  className="dots"
                  style={{ borderTop: `2px dotted ${control}`, fontSize: "1px", lineHeight: "1px" }}
                />
              </td>
              <Moon corners="9px 0 0 9px" open="borderRightWidth" />
            </tr>
          </tbody>
        </table>
      </td>
    </tr>
  );
}

function Moon({ corners, open }: { corners: string; open: "borderLeftWidth" | "borderRightWidth" }) {
  return (
    <td width="10">
      <div
        className="canvas edge"
        style={{
          width: "9px",
          height: "18px",
          fontSize: "1px",
          lineHeight: "18px",
          backgroundColor: canvas,
          border: `1px solid ${line}`,
          [open]: 0,
          borderRadius: corners,
        }}
      />
    </td>
  );
}
