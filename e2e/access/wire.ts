/** What came back, in the words of the table, the session's cookie and all that were set, and the value an action returned. */
export type Answered = { answer: string; cookie?: string; value?: unknown; set?: string[] };

type Sender = { cookie?: string; ip?: string };

/** Asks for an address as a browser would, and follows nothing. */
export async function get(origin: string, address: string, sender: Sender = {}): Promise<Answered> {
  const response = await fetch(origin + address, { headers: headersOf(sender), redirect: "manual" });
  await response.body?.cancel();
  return { answer: statusOf(response, origin) };
}

/** Posts to a route as a machine does, which comes from no page. */
export async function postText(
  origin: string,
  address: string,
  body: string,
  sender: Sender = {},
): Promise<Answered> {
  const response = await fetch(origin + address, { method: "POST", headers: headersOf(sender), body });
  await response.body?.cancel();
  return { answer: statusOf(response, origin) };
}

/** Calls a server action as the page's own script does: its id in a header, its one argument as JSON. */
export async function post(
  origin: string,
  page: string,
  action: { id: string; sent: Record<string, unknown> },
  sender: Sender = {},
): Promise<Answered> {
  const response = await fetch(origin + page, {
    method: "POST",
    redirect: "manual",
    headers: {
      ...headersOf(sender),
      origin,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
    },
    body: JSON.stringify([action.sent]),
  });
  const text = await response.text();
  const cookie = cookieOf(response);
  const leadsTo = response.headers.get("x-action-redirect");
  const set = response.headers.getSetCookie();
  if (leadsTo) return { answer: `to ${leadsTo.replace(/;(push|replace)$/, "")}`, cookie, set };
  if (response.status >= 400) return { answer: String(response.status), cookie };
  return { ...resultIn(text), cookie };
}

/** Posts a form as a browser without JavaScript does. */
export async function postForm(
  origin: string,
  page: string,
  action: { id: string; form: Record<string, string> },
  sender: Sender = {},
): Promise<Answered> {
  const body = new FormData();
  body.set(`$ACTION_ID_${action.id}`, "");
  for (const [name, value] of Object.entries(action.form)) body.set(name, value);
  const headers = { ...headersOf(sender), origin };
  const response = await fetch(origin + page, { method: "POST", redirect: "manual", headers, body });
  await response.body?.cancel();
  return { answer: statusOf(response, origin) };
}

function headersOf({ cookie, ip }: Sender): Record<string, string> {
  return { ...(cookie ? { cookie } : {}), "x-forwarded-for": ip ?? "10.200.0.1" };
}

function statusOf(response: Response, origin: string): string {
  const location = response.headers.get("location");
  return location ? `${response.status} ${location.replace(origin, "")}` : String(response.status);
}

function cookieOf(response: Response): string | undefined {
  const set = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return set.find((cookie) => /session=./.test(cookie));
}

/** The value an action returned, out of React's rows: `1:{"ok":false,"reason":"not-allowed",…}`. */
function resultIn(text: string): Answered {
  const row = /^\d+:(\{"ok":.*\})$/m.exec(text)?.[1];
  if (!row) return { answer: `unreadable: ${text.slice(0, 200)}` };
  const result = JSON.parse(row) as { ok: boolean; reason?: string; value?: unknown };
  return result.ok ? { answer: "done", value: result.value } : { answer: result.reason ?? "refused" };
}
