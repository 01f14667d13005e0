import { Children, createElement, Fragment, type ReactNode } from "react";
import { Button, Heading, Link, Text } from "react-email";
import { LIGHT_COLORS } from "./colors";
import { MONO_FONT_FAMILY } from "./layout";
import { type FilledMessage, formatAsHtml } from "./message";
import type { EmailReader } from "./template";

/** Keeps the word "e-mail" of some languages on one line: browsers would break it after its hyphen. */
function keepTogether(children: ReactNode): ReactNode {
  return Children.map(children, (child) => {
    if (typeof child !== "string") return child;
    const parts = child.split(/\b(e-mails?)\b/i);
    return createElement(
      Fragment,
      null,
      ...parts.map((part, index) =>
        index % 2 ? createElement("span", { style: { whiteSpace: "nowrap" } }, part) : part,
      ),
    );
  });
}

/** A muted line that labels the text below it. */
export function Label({ children }: { children: ReactNode }) {
  return (
    <Text
      className="muted"
      style={{ margin: "0 0 4px", fontSize: "14px", lineHeight: "20px", color: LIGHT_COLORS.muted }}
    >
      {keepTogether(children)}
    </Text>
  );
}

export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h1"
      className="ink"
      style={{
        margin: "0 0 10px",
        fontSize: "26px",
        lineHeight: "32px",
        fontWeight: 650,
        color: LIGHT_COLORS.ink,
      }}
    >
      {keepTogether(children)}
    </Heading>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text
      className="ink"
      style={{ margin: "0 0 14px", fontSize: "16px", lineHeight: "24px", color: LIGHT_COLORS.ink }}
    >
      {keepTogether(children)}
    </Text>
  );
}

/** The button. */
export function ActionButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      href={href}
      className="action"
      style={{
        padding: "13px 20px",
        margin: "6px 0 8px",
        borderRadius: "6px",
        backgroundColor: LIGHT_COLORS.accent,
        color: LIGHT_COLORS.onAccent,
        fontSize: "16px",
        lineHeight: "20px",
        fontWeight: 600,
        textAlign: "center",
        textDecoration: "none",
      }}
    >
      {keepTogether(children)}
    </Button>
  );
}

/** A code in a monospaced font, so that its characters are easy to tell apart. */
export function InvitationCode({ children }: { children: ReactNode }) {
  return (
    <Text
      className="ink"
      style={{
        margin: "0 0 14px",
        fontFamily: MONO_FONT_FAMILY,
        fontSize: "16px",
        lineHeight: "26px",
        color: LIGHT_COLORS.ink,
      }}
    >
      {children}
    </Text>
  );
}

/** The full URL, in case the button does not work. */
export function PlainLink({ href }: { href: string }) {
  return (
    <Text style={{ margin: "0 0 14px", fontSize: "14px", lineHeight: "20px", wordBreak: "break-all" }}>
      <Link href={href} className="link" style={{ color: LIGHT_COLORS.accent, textDecoration: "underline" }}>
        {href}
      </Link>
    </Text>
  );
}

export function HelpLines({ lines, reader }: { lines: FilledMessage[]; reader: EmailReader }) {
  return lines.map((line) => (
    <Text
      key={line.key}
      className="muted"
      style={{ margin: "0 0 8px", fontSize: "13px", lineHeight: "19px", color: LIGHT_COLORS.muted }}
    >
      {keepTogether(formatAsHtml(reader, line))}
    </Text>
  ));
}
