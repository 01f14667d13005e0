import { type Browser, chromium } from "@playwright/test";
import { findBrowser } from "@/e2e/browser";
import { buildInvitationLink } from "@/lib/links/invitation-link";
import { findInvitationSecrets } from "@/lib/organizations/fixture";
import type { Stage } from "../context";
import { inFigures, type Line, ms } from "../report";
import { crowd } from "../seeded-organizations";
import { spread } from "../statistics";
import { strangers } from "../test-data";

/** The figures of the one peer with pages, measured once elsewhere: see performance, the table. */
const BOXY = { scripts: 523, lcp: 908 };

type Page = { name: string; address: string; signedIn: boolean; scripts: number };

/** What each page loads and how soon it is there, in Chromium that has never been here, on this machine. */
export async function measureBrowser(stage: Stage): Promise<Line[]> {
  const { foyer, rounds } = stage;
  const { slug } = await crowd(stage, Math.min(1_000, stage.people));
  const place = await foyer.found();
  const [invitation = ""] = await foyer.invite(place, strangers(1));
  const { code } = await findInvitationSecrets(invitation);
  const users = `${foyer.origin}/o/${slug}/admin/users`;
  const pages: Page[] = [
    { name: "Invitations", address: `${users}/invitations`, signedIn: true, scripts: 190 },
    { name: "Users", address: users, signedIn: true, scripts: 190 },
    { name: "log in", address: `${foyer.origin}/login`, signedIn: false, scripts: 150 },
    { name: "join by link", address: buildInvitationLink(foyer.origin, code), signedIn: false, scripts: 150 },
    { name: "join by code", address: `${foyer.origin}/join`, signedIn: false, scripts: 150 },
  ];
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, env: { ...process.env, ...env } });
  try {
    const visits = new Map<Page, Visit[]>(pages.map((page) => [page, []]));
    // The first round warms the server up; each begins with another page.
    for (let round = 0; round <= rounds; round++)
      for (let at = 0; at < pages.length; at++) {
        const page = pages[(round + at) % pages.length];
        if (!page) continue;
        const visited = await visit(browser, page, foyer.owner);
        if (round > 0) visits.get(page)?.push(visited);
      }
    return pages.flatMap((page) => linesOf(page, visits.get(page) ?? []));
  } finally {
    await browser.close();
  }
}

function linesOf(page: Page, visits: readonly Visit[]): Line[] {
  const scripts = spread(visits.map((one) => one.scripts / 1000));
  const lcp = spread(visits.map((one) => one.lcp));
  const isCompared = page.name === "Invitations";
  return [
    {
      what: `JavaScript on the wire, ${page.name}, cold, headers and all`,
      peer: isCompared ? `BOXY ${BOXY.scripts} kB` : undefined,
      bare: "empty Next 16: 134 kB",
      foyer: `${inFigures(scripts.most)} kB`,
      goal: `≤ ${page.scripts} kB`,
      met: scripts.most <= page.scripts,
    },
    {
      what: `LCP, ${page.name}, cold`,
      peer: isCompared ? `BOXY ${BOXY.lcp} ms` : undefined,
      bare: "empty page 108 ms",
      foyer: `${ms(lcp.median)} (${inFigures(lcp.least)}–${inFigures(lcp.most)}): ${inFigures(lcp.median / BOXY.lcp)}× of BOXY's`,
      goal: "≤ 0.4× BOXY",
      met: lcp.median <= 0.4 * BOXY.lcp,
    },
  ];
}

type Visit = { scripts: number; lcp: number };

/** Opens a page in a browser context without any cache. */
async function visit(browser: Browser, { address, signedIn }: Page, cookie: string): Promise<Visit> {
  const context = await browser.newContext();
  try {
    const [name = "", value = ""] = cookie.split(/=(.*)/);
    if (signedIn) await context.addCookies([{ name, value, url: address, httpOnly: true, sameSite: "Lax" }]);
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    const isScript = new Set<string>();
    let scripts = 0;
    wire.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.mimeType.includes("javascript")) isScript.add(requestId);
    });
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (isScript.has(requestId)) scripts += encodedDataLength;
    });
    const response = await page.goto(address, { waitUntil: "networkidle" });
    if (response?.status() !== 200) throw new Error(`${address}: ${response?.status()}`);
    const lcp = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) =>
            resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN),
          ).observe({
            type: "largest-contentful-paint",
            buffered: true,
          });
        }),
    );
    return { scripts, lcp };
  } finally {
    await context.close();
  }
}
