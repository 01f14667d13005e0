import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { EmailAddress } from "@/components/ui/email-address";

test("an address can wrap before its @ and after a dot, and its text stays complete", () => {
  const shown = (text: string) => renderToStaticMarkup(<EmailAddress>{text}</EmailAddress>);
  expect(shown("ana.duarte@northwind.example")).toBe("ana.<wbr/>duarte<wbr/>@northwind.<wbr/>example");
  for (const text of ["", "@", "a", "a@b", ".", "a..b@@c.", "ünï@x.io"])
    expect(shown(text).replaceAll("<wbr/>", "")).toBe(text);
});
