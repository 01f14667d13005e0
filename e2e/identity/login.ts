import type { IncomingMessage } from "node:http";

/** What can be wrong with an answer: in the ID token, or (`state`, `sender`) in the address that leads back. */
export const FAULTS = ["audience", "issuer", "nonce", "expired", "signature", "state", "sender"] as const;

export type Fault = (typeof FAULTS)[number];

export type Person = {
  sub: string;
  claims: { email?: string; email_verified?: boolean | string; name?: string };
  fault: Fault | undefined;
  cancelled: boolean;
};

/** Who are you, and what shall be said of you? */
export function loginPage(): string {
  const options = ["", ...FAULTS].map((fault) => `<option>${fault}</option>`).join("");
  return `<!doctype html><html lang="en"><title>Who are you?</title><link rel="icon" href="data:,">
    <form method="post">
      <label>Subject <input name="sub"></label>
      <label>Address <input name="email"></label>
      <label>Verified <select name="verified"><option>yes</option><option>no</option><option>text</option><option>unsaid</option></select></label>
      <label>Name <input name="name"></label>
      <label>Fault <select name="fault">${options}</select></label>
      <button>Go back</button> <button name="cancelled" value="yes">Cancel</button>
    </form>`;
}

export async function readLogin(request: IncomingMessage): Promise<Person> {
  let body = "";
  for await (const part of request) body += part;
  const form = Object.fromEntries(new URLSearchParams(body));
  const verified: Record<string, boolean | string> = { yes: true, no: false, text: "true" };
  const said = verified[form.verified ?? ""];
  return {
    sub: form.sub ?? "",
    claims: {
      ...(form.email ? { email: form.email } : {}),
      ...(said === undefined ? {} : { email_verified: said }),
      ...(form.name ? { name: form.name } : {}),
    },
    fault: FAULTS.find((fault) => fault === form.fault),
    cancelled: form.cancelled === "yes",
  };
}
