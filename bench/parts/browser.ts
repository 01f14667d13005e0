import { type Browser, chromium } from "playwright";
import { findBrowser } from "@/e2e/browser";
import { buildInvitationLink } from "@/lib/links/invitation-link";
import { findInvitationSecrets } from "@/test/factories";
import type { BenchContext } from "../context";
import { formatMs, formatNumber, type GoalRow } from "../report";
import { prepareOrganization } from "../seeded-organizations";
import { spread } from "../statistics";
import { newAddresses } from "../test-data";

/** The measured values of the only compared product with pages: kB of scripts, and milliseconds. */
const BOXY = { scripts: 523, lcp: 908 };

type MeasuredPage = { name: string; address: string; signedIn: boolean; scripts: number };

/** Measures the scripts and the LCP of each page in Chromium without a cache, on this machine. */
export async function measureBrowser(context: BenchContext): Promise<GoalRow[]> {
  const { foyer, rounds } = context;
  const { slug } = await prepareOrganization(context, Math.min(1_000, context.people));
  const organization = await foyer.createOrganization();
  const [invitation = ""] = await foyer.invite(organization, newAddresses(1));
  const { code } = await findInvitationSecrets(invitation);
  const users = `${foyer.origin}/o/${slug}/admin/users`;
  const pages: MeasuredPage[] = [
    { name: "Invitations", address: `${users}/invitations`, signedIn: true, scripts: 190 },
    { name: "Users", address: users, signedIn: true, scripts: 190 },
    { name: "log in", address: `${foyer.origin}/login`, signedIn: false, scripts: 150 },
    { name: "join by link", address: buildInvitationLink(foyer.origin, code), signedIn: false, scripts: 150 },
    { name: "join by code", address: `${foyer.origin}/join`, signedIn: false, scripts: 150 },
  ];
  const { executablePath, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, env: { ...process.env, ...env } });
  try {
    const visits = new Map<MeasuredPage, Visit[]>(pages.map((page) => [page, []]));
    // The first round is a warm-up; each round starts with another page.
    for (let round = 0; round <= rounds; round++)
      for (let at = 0; at < pages.length; at++) {
        const page = pages[(round + at) % pages.length];
        if (!page) continue;
        const visited = await visitPage(browser, page, foyer.owner);
        if (round > 0) visits.get(page)?.push(visited);
      }
    return pages.flatMap((page) => rowsOf(page, visits.get(page) ?? []));
  } finally {
    await browser.close();
  }
}

function rowsOf(page: MeasuredPage, visits: readonly Visit[]): GoalRow[] {
  const scripts = spread(visits.map((visit) => visit.scripts / 1000));
  const lcp = spread(visits.map((visit) => visit.lcp));
  const isCompared = page.name === "Invitations";
  return [
    {
      metric: `JavaScript on the wire, ${page.name}, cold, with headers`,
      peer: isCompared ? `BOXY ${BOXY.scripts} kB` : undefined,
      bare: "empty Next 16: 134 kB",
      foyer: `${formatNumber(scripts.max)} kB`,
      goal: `≤ ${page.scripts} kB`,
      met: scripts.max <= page.scripts,
    },
    {
      metric: `LCP, ${page.name}, cold`,
      peer: isCompared ? `BOXY ${BOXY.lcp} ms` : undefined,
      bare: "empty page 108 ms",
      foyer: `${formatMs(lcp.median)} (${formatNumber(lcp.min)}–${formatNumber(lcp.max)}): ${formatNumber(lcp.median / BOXY.lcp)}× of BOXY's`,
      goal: "≤ 0.4× BOXY",
      met: lcp.median <= 0.4 * BOXY.lcp,
    },
  ];
}

type Visit = { scripts: number; lcp: number };

/** Opens a page in a browser context without any cache. */
async function visitPage(
  browser: Browser,
  { address, signedIn }: MeasuredPage,
  cookie: string,
): Promise<Visit> {
  const context = await browser.newContext();
  try {
    const [name = "", value = ""] = cookie.split(/=(.*)/);
    if (signedIn) await context.addCookies([{ name, value, url: address, httpOnly: true, sameSite: "Lax" }]);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const scriptRequests = new Set<string>();
    let scripts = 0;
    session.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.mimeType.includes("javascript")) scriptRequests.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scriptRequests.has(requestId)) scripts += encodedDataLength;
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
