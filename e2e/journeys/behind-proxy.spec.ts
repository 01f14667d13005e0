import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { listServerActions } from "../access/entry-points";
import { startFoyer } from "../servers";

const PUBLIC_ORIGIN = "https://join.northwind.invalid";

test("an action that redirects returns its page although the server cannot reach its public address", async ({
  request,
}) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-proxy-"));
  await chmod(folder, 0o711);
  const foyer = await startFoyer(folder, { FOYER_URL: PUBLIC_ORIGIN });
  try {
    const action = listServerActions().get("action lib/accounts/actions.ts#logOutAction");
    const response = await request.post(`${foyer.origin}${action?.page}`, {
      headers: {
        origin: PUBLIC_ORIGIN,
        accept: "text/x-component",
        "content-type": "text/plain;charset=UTF-8",
        "next-action": action?.id ?? "",
      },
      data: "[{}]",
      maxRedirects: 0,
    });
    expect(response.headers()["x-action-redirect"]).toMatch(/^\/login;/);
    // Without __NEXT_PRIVATE_ORIGIN the body is empty, and the browser has to request the page again.
    expect(await response.text()).toContain("Log in");
  } finally {
    await foyer.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
