import { expect, test } from "../fixtures";
import { getInstallations } from "../installations";

test("the files of public/ are served with their types, and the CSV template opens in a spreadsheet", async ({
  request,
}) => {
  const types = {
    "/robots.txt": /^text\/plain/,
    "/favicon.ico": /^image\/(x-icon|vnd.microsoft.icon)/,
    "/icon.svg": /^image\/svg\+xml/,
    "/icon-192.png": /^image\/png/,
    "/icon-512.png": /^image\/png/,
    "/icon-maskable-512.png": /^image\/png/,
    "/apple-touch-icon.png": /^image\/png/,
    "/manifest.webmanifest": /^application\/manifest\+json/,
    "/invitation-list.csv": /^text\/csv/,
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()["content-type"], path).toMatch(type);
    expect(response.headers()["x-content-type-options"], path).toBe("nosniff");
  }
  const manifest = await (await request.get("/manifest.webmanifest")).json();
  for (const { src } of manifest.icons) expect((await request.get(src)).status(), src).toBe(200);
  // A byte order mark, so that spreadsheets read it as UTF-8.
  expect((await (await request.get("/invitation-list.csv")).body()).subarray(0, 3)).toEqual(
    Buffer.from([0xef, 0xbb, 0xbf]),
  );
});

test("a page names its icons and its manifest", async ({ page }) => {
  await page.goto("/login");
  await expect(page.locator('link[rel="manifest"]')).toHaveAttribute("href", "/manifest.webmanifest");
  await expect(page.locator('link[rel="icon"][type="image/svg+xml"]')).toHaveAttribute("href", "/icon.svg");
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveAttribute("href", "/apple-touch-icon.png");
});

test("a password manager finds the page that changes the password", async ({ page, org: _ }) => {
  await page.goto("/.well-known/change-password");
  await expect(page).toHaveURL(/\/account#password$/);
  await expect(page.locator("#password")).toBeVisible();
});

test("security.txt names the contact and an expiry less than a year ahead", async ({ request }) => {
  const { provider } = getInstallations();
  expect((await request.get("/.well-known/security.txt")).status()).toBe(404);
  const response = await request.get(`${provider.origin}/.well-known/security.txt`);
  expect(response.headers()["content-type"]).toMatch(/^text\/plain/);
  const text = await response.text();
  expect(text).toContain("Contact: mailto:foyer@mail.example.com\n");
  expect(text).toContain(`Canonical: ${provider.origin}/.well-known/security.txt\n`);
  const expires = new Date(/^Expires: (.+)$/m.exec(text)?.[1] ?? "");
  expect(expires.getTime()).toBeGreaterThan(Date.now());
  expect(expires.getTime()).toBeLessThan(Date.now() + 365 * 24 * 60 * 60 * 1000);
});
