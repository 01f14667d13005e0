import { describe, expect, test } from "vitest";
import { createPreviewReader, type ListPreview, type PreviewReader, type PreviewRequest } from "./preview";
import { lineKey } from "./validate-lines";

const context: PreviewRequest["context"] = {
  roles: ["admin", "member"],
  policies: [{ id: "p1", name: "Sales", isGrantable: true }],
  languages: ["en", "de"],
};

async function previewOf(
  reader: PreviewReader,
  choices: Partial<PreviewRequest["choices"]> = {},
  from = 0,
): Promise<ListPreview> {
  const read = await reader.preview({ choices: { corrections: {}, ...choices }, context, from });
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

function statuses({ lines }: ListPreview): string[] {
  return lines.map(({ line }) => `${lineKey(line)} ${line.status}`);
}

describe("B13 the preview has the lines of one upload", () => {
  const people = Array.from({ length: 142 }, (_, index) => `P ${index},p${index}@people.test`);
  const reader = createPreviewReader(`Name,Email\n${people.join("\n")}`);

  test("B13 first 100 people, then the rest, with the number of all", async () => {
    const first = await previewOf(reader);
    const second = await previewOf(reader, {}, 100);
    expect([first.count, first.files, first.lines.length, second.lines.length]).toEqual([142, 2, 100, 42]);
    expect(second.lines[0]?.line).toMatchObject({ line: 102, address: "p100@people.test", name: "P 100" });
  });

  test("B13 a line of a later upload is a duplicate of one that was corrected before", async () => {
    const { lines } = await previewOf(reader, { corrections: { 2: "p100@people.test" } }, 100);
    expect(lines[0]?.line).toMatchObject({ status: "duplicate", duplicateOf: 2 });
  });

  test("B4 it is split into files of 100", async () => {
    const files = await reader.split({ corrections: {} });
    expect(files.map((text) => text.trim().split("\r\n").length)).toEqual([101, 43]);
  });
});

describe("B9 B10 choices for the file change the lines", () => {
  test("B9 several people per line are offered if a line has several, and the original stays known", async () => {
    const reader = createPreviewReader("Ann,ann@x.test\nBob,bob@x.test cleo@x.test");
    const joined = await previewOf(reader, { corrections: { 2: "cleo@x.test" } });
    expect(joined.hasSeveralPerLine).toBe(true);
    expect(statuses(joined)).toEqual(["1 ready", "2 ready"]);
    expect(joined.lines[1]?.original).toMatchObject({ choices: ["bob@x.test", "cleo@x.test"] });
    const separated = await previewOf(reader, { severalPerLine: true });
    expect(statuses(separated)).toEqual(["1 ready", "2.0 ready", "2.1 ready"]);
    const single = createPreviewReader("Ann,ann@x.test");
    expect((await previewOf(single)).hasSeveralPerLine).toBe(false);
  });

  test("B9 the columns to choose from stay known after the choice", async () => {
    const reader = createPreviewReader(
      "Name,Email,Mail\nAnn,ann@x.test,ann@y.test\nBob,bob@x.test,bob@y.test\nCleo,cleo@x.test,cleo@y.test",
    );
    const { addressCandidates, lines } = await previewOf(reader, { columns: { 2: "address" } });
    expect(addressCandidates).toEqual([1, 2]);
    expect(lines[0]?.line.address).toBe("ann@y.test");
  });
});

describe("B12 encodings", () => {
  test("B12 the detected encoding stays known after another one is chosen", async () => {
    const reader = createPreviewReader(new TextEncoder().encode("Name,Email\nJörg,joerg@x.test"));
    expect(await previewOf(reader)).toMatchObject({
      encoding: "utf-8",
      detected: { encoding: "utf-8", isCertain: true },
    });
    const chosen = await previewOf(reader, { encoding: "windows-1252" });
    expect(chosen).toMatchObject({
      encoding: "windows-1252",
      detected: { encoding: "utf-8", isCertain: true },
    });
    expect(chosen.lines[0]?.line.name).toBe("JÃ¶rg");
  });

  test("B12 a file that is not a list is refused, also by a choice", async () => {
    const header = createPreviewReader("Name,Email");
    expect(await header.preview({ choices: { corrections: {} }, context, from: 0 })).toMatchObject({
      ok: false,
      reason: "empty",
    });
  });
});
