import type { ProviderRefusal } from "@/lib/auth/messages";
import { askProvider, type Checks, type Identity, readAnswer } from "@/lib/auth/openid";
import { keepSealed, takeSealed } from "@/lib/auth/sealed-cookie";
import { env } from "@/lib/config/env";
import type { Provider } from "@/lib/config/env-providers";
import { done, type Result, refused } from "@/lib/result/result";

/** The login page that a sign-in through a provider began at. */
export type Began = { organization?: string | undefined; callbackUrl?: string | undefined };

type Flow = Began & { provider: string; checks: Checks };

/** Somebody has this long to log in at the provider. */
const SECONDS = 15 * 60;

/** Begins a sign-in in this browser; answers where to send it. */
export async function beginSignIn(id: string, began: Began): Promise<Result<string, ProviderRefusal>> {
  const provider = findProvider(id);
  if (!provider) return refused("begin-again");
  const asked = await askProvider(provider);
  if (!asked.ok) return { ...asked, facts: { provider: provider.name } };
  await keepSealed("sign-in", { ...began, provider: id, checks: asked.value.checks } satisfies Flow, SECONDS);
  return done(asked.value.url);
}

/** Ends it: what the provider said, and which login page it began at. An answer is read once, in the browser that asked. */
export async function endSignIn(
  id: string,
  query: string,
): Promise<{ began: Began; answer: Result<Identity, ProviderRefusal> }> {
  const flow = await takeSealed<Flow>("sign-in");
  const provider = findProvider(id);
  if (!flow) return { began: {}, answer: refused("begin-again") };
  const fits = provider !== undefined && flow.provider === id;
  return {
    began: flow,
    answer: fits ? await readAnswer(provider, query, flow.checks) : refused("begin-again"),
  };
}

/** A configured provider by its id. */
export function findProvider(id: string): Provider | undefined {
  return env().providers.find((provider) => provider.id === id);
}
