/**
 * A response as the access table describes it, the session cookie, every cookie that was set, and the value that a server
 * action returned.
 */
export type AccessResponse = { outcome: string; cookie?: string; value?: unknown; setCookies?: string[] };

type Client = { cookie?: string; ip?: string };

/** Requests a path as a browser does, without following redirects. */
export async function requestPage(
  origin: string,
  path: string,
  client: Client = {},
): Promise<AccessResponse> {
  const response = await fetch(origin + path, { headers: headersOf(client), redirect: "manual" });
  await response.body?.cancel();
  return { outcome: describeStatus(response, origin) };
}

/** Posts a raw body to a route, without an Origin header, as a webhook does. */
export async function postBody(
  origin: string,
  path: string,
  body: string,
  client: Client = {},
): Promise<AccessResponse> {
  const response = await fetch(origin + path, { method: "POST", headers: headersOf(client), body });
  await response.body?.cancel();
  return { outcome: describeStatus(response, origin) };
}

/** Calls a server action as the page's script does: its id in a header, its single argument as JSON. */
export async function postAction(
  origin: string,
  page: string,
  action: { id: string; input: Record<string, unknown> },
  client: Client = {},
): Promise<AccessResponse> {
  const response = await fetch(origin + page, {
    method: "POST",
    redirect: "manual",
    headers: {
      ...headersOf(client),
      origin,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
    },
    body: JSON.stringify([action.input]),
  });
  const text = await response.text();
  const cookie = sessionCookieOf(response);
  const redirect = response.headers.get("x-action-redirect");
  const setCookies = response.headers.getSetCookie();
  if (redirect) return { outcome: `to ${redirect.replace(/;(push|replace)$/, "")}`, cookie, setCookies };
  if (response.status >= 400) return { outcome: String(response.status), cookie };
  return { ...parseActionResult(text), cookie };
}

/** Posts a form to a server action as a browser without JavaScript does. */
export async function postForm(
  origin: string,
  page: string,
  action: { id: string; form: Record<string, string> },
  client: Client = {},
): Promise<AccessResponse> {
  const body = new FormData();
  body.set(`$ACTION_ID_${action.id}`, "");
  for (const [name, value] of Object.entries(action.form)) body.set(name, value);
  const headers = { ...headersOf(client), origin };
  const response = await fetch(origin + page, { method: "POST", redirect: "manual", headers, body });
  await response.body?.cancel();
  return { outcome: describeStatus(response, origin) };
}

function headersOf({ cookie, ip }: Client): Record<string, string> {
  return { ...(cookie ? { cookie } : {}), "x-forwarded-for": ip ?? "10.200.0.1" };
}

function describeStatus(response: Response, origin: string): string {
  const location = response.headers.get("location");
  return location ? `${response.status} ${location.replace(origin, "")}` : String(response.status);
}

function sessionCookieOf(response: Response): string | undefined {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return cookies.find((cookie) => /session=./.test(cookie));
}

/** Parses the value that an action returned from React's payload: `1:{"ok":false,"reason":"not-allowed",…}`. */
function parseActionResult(text: string): AccessResponse {
  const row = /^\d+:(\{"ok":.*\})$/m.exec(text)?.[1];
  if (!row) return { outcome: `unreadable: ${text.slice(0, 200)}` };
  const result = JSON.parse(row) as { ok: boolean; reason?: string; value?: unknown };
  return result.ok ? { outcome: "done", value: result.value } : { outcome: result.reason ?? "refused" };
}
