import type { CSSProperties, ReactNode } from "react";
import { Body, Head, Html } from "react-email";
import type { Locale } from "@/lib/i18n/locales";
import { DARK_STYLES, LIGHT_COLORS } from "./colors";

const { canvas, surface, line, control } = LIGHT_COLORS;

// A long name without a space must not make the card wider than the screen.
const SHEET: CSSProperties = {
  maxWidth: "480px",
  tableLayout: "fixed",
  wordBreak: "break-word",
  color: LIGHT_COLORS.ink,
};

/** Attributes of the tables, which are used for layout only. */
const grid = { role: "presentation", cellPadding: 0, cellSpacing: 0, border: 0 } as const;

/**
 * The layout of every email, a ticket: the request above the perforated line, details below it, and help under the card.
 * It uses tables and inline styles, has no images, loads nothing, and has a dark theme for email clients that support it.
 */
export function TicketLayout(props: {
  locale: Locale;
  preview: ReactNode;
  top: ReactNode;
  bottom: ReactNode;
  help: ReactNode;
}) {
  return (
    // Every language of Foyer is written from left to right.
    <Html lang={props.locale} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK_STYLES}</style>
      </Head>
      <Body
        className="canvas"
        style={{ margin: 0, padding: 0, backgroundColor: canvas, fontFamily: FONT_FAMILY }}
      >
        <Preview>{props.preview}</Preview>
        <table {...grid} width="100%" className="canvas" style={{ backgroundColor: canvas }}>
          <tbody>
            <tr>
              <td align="center" style={{ padding: "32px 16px 40px" }}>
                <table {...grid} width="100%" className="ink" style={SHEET}>
                  <tbody>
                    <Part edge="top">{props.top}</Part>
                    <Perforation />
                    <Part edge="bottom">{props.bottom}</Part>
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

export const FONT_FAMILY = "'Atkinson Hyperlegible Next', 'Segoe UI', Helvetica, Arial, sans-serif";
export const MONO_FONT_FAMILY = "'SF Mono', Consolas, 'Liberation Mono', Menlo, monospace";

/**
 * What email clients show beside the subject; hidden in the email itself. The spaces at its end keep the text that follows
 * out of it. The component of react-email takes only plain text.
 */
function Preview({ children }: { children: ReactNode }) {
  return (
    <div
      style={{
        display: "none",
        overflow: "hidden",
        lineHeight: "1px",
        opacity: 0,
        maxHeight: 0,
        maxWidth: 0,
      }}
    >
      {children}
      <div>{"\u00A0\u200C".repeat(100)}</div>
    </div>
  );
}

function Part({ edge, children }: { edge: "top" | "bottom"; children: ReactNode }) {
  const border = `1px solid ${line}`;
  const style: CSSProperties =
    edge === "top"
      ? { borderTop: border, borderRadius: "10px 10px 0 0", padding: "28px 28px 20px" }
      : { borderBottom: border, borderRadius: "0 0 10px 10px", padding: "16px 28px 12px" };
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

/** The dotted line with a semicircular notch at each end. */
function Perforation() {
  return (
    <tr>
      <td className="surface" style={{ backgroundColor: surface }}>
        <table {...grid} width="100%">
          <tbody>
            <tr>
              <Notch corners="0 9px 9px 0" open="borderLeftWidth" />
              <td>
                <div
                  className="dots"
                  style={{ borderTop: `2px dotted ${control}`, fontSize: "1px", lineHeight: "1px" }}
                />
              </td>
              <Notch corners="9px 0 0 9px" open="borderRightWidth" />
            </tr>
          </tbody>
        </table>
      </td>
    </tr>
  );
}

function Notch({ corners, open }: { corners: string; open: "borderLeftWidth" | "borderRightWidth" }) {
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
