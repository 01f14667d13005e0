import type { ReactNode } from "react";
import { Button, Heading, Link, Text } from "react-email";
import { LIGHT } from "./colours";
import { MONO } from "./layout";

/** A quiet line: who writes, or what the next line is. */
export function Label({ children }: { children: ReactNode }) {
  return (
    <Text
      className="muted"
      style={{ margin: "0 0 4px", fontSize: "14px", lineHeight: "20px", color: LIGHT.muted }}
    >
      {children}
    </Text>
  );
}

export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h1"
      className="ink"
      style={{ margin: "0 0 10px", fontSize: "26px", lineHeight: "32px", fontWeight: 650, color: LIGHT.ink }}
    >
      {children}
    </Heading>
  );
}

export function Line({ children }: { children: ReactNode }) {
  return (
    <Text
      className="ink"
      style={{ margin: "0 0 14px", fontSize: "16px", lineHeight: "24px", color: LIGHT.ink }}
    >
      {children}
    </Text>
  );
}

/** What the letter asks for. */
export function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      href={href}
      className="action"
      style={{
        padding: "13px 20px",
        margin: "6px 0 8px",
        borderRadius: "6px",
        backgroundColor: LIGHT.accent,
        color: LIGHT.onAccent,
        fontSize: "16px",
        lineHeight: "20px",
        fontWeight: 600,
        textDecoration: "none",
      }}
    >
      {children}
    </Button>
  );
}

/** A code, spaced so that it can be read aloud. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <Text
      className="ink"
      style={{
        margin: "0 0 14px",
        fontFamily: MONO,
        fontSize: "17px",
        lineHeight: "26px",
        color: LIGHT.ink,
      }}
    >
      {children}
    </Text>
  );
}

/** An address in full, for when the button does not work. */
export function PlainLink({ href }: { href: string }) {
  return (
    <Text style={{ margin: 0, fontSize: "14px", lineHeight: "20px", wordBreak: "break-all" }}>
      <Link href={href} className="link" style={{ color: LIGHT.accent, textDecoration: "underline" }}>
        {href}
      </Link>
    </Text>
  );
}

export function Help({ lines }: { lines: string[] }) {
  return lines.map((line) => (
    <Text
      key={line}
      className="muted"
      style={{ margin: "0 0 8px", fontSize: "13px", lineHeight: "19px", color: LIGHT.muted }}
    >
      {line}
    </Text>
  ));
}
