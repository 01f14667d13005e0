import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Address } from "@/components/ui/address";

test("an address may break before its @ and after a dot, and not a letter of it is lost", () => {
  const shown = (text: string) => renderToStaticMarkup(<Address>{text}</Address>);
  expect(shown("ana.duarte@northwind.example")).toBe("ana.<wbr/>duarte<wbr/>@northwind.<wbr/>example");
  for (const text of ["", "@", "a", "a@b", ".", "a..b@@c.", "ünï@x.io"])
    expect(shown(text).replaceAll("<wbr/>", "")).toBe(text);
});
