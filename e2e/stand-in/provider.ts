import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { type Fault, faultQueue, faultShape, latencyShape, outageShape } from "./faults";
import { type Letter, Refusal, readBatch, readLetter } from "./letters";
import { hookShape, tellShape, webhooks } from "./webhooks";

/** One call that wanted to send: what tests compare to prove that nothing was lost or doubled. */
export type Call = {
  at: number;
  path: string;
  key: string | null;
  hash: string;
  ids: string[];
  /** The sender's own names for the letters that were taken: their tag `letter`. */
  letters: string[];
  status: number;
};
export type Accepted = Letter & { id: string; at: number };
type Remembered = { hash: string; at: number; answer: unknown };

const day = 24 * 60 * 60 * 1000;

/**
 * A stand-in of Resend's HTTP API as its SDK speaks to it: `POST /emails` and `/emails/batch`, keys remembered
 * for 24 hours, 429 with retry-after, signed webhooks, and every fault on command under `/control`. `onCall` hears of each
 * call once it is over.
 */
export function createProvider(onCall: (call: Call) => void = () => {}): Server {
  const faults = faultQueue();
  const keys = new Map<string, Remembered>();
  const underway = new Set<string>();
  let letters: Accepted[] = [];
  let calls: Call[] = [];
  let ahead = 0;
  const spoiling = new Set<string>();
  let pace: { perSecond: number; times: number[] } | undefined;
  const now = () => Date.now() + ahead;
  const news = webhooks(now);
  const to = (address: string) => letters.filter((letter) => [letter.to].flat().includes(address));

  return createServer((req, res) => {
    const work = req.url?.startsWith("/control/") ? control(req, res) : send(req, res);
    work.catch((error: unknown) => {
      if (error instanceof Refusal) return answerRefusal(res, error);
      if (error instanceof z.ZodError)
        return answerRefusal(res, new Refusal(422, "validation_error", error.message));
      answerRefusal(res, new Refusal(500, "internal_server_error", String(error)));
    });
  });

  async function send(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? "/";
    if (path !== "/emails" && path !== "/emails/batch")
      throw new Refusal(404, "not_found", "The endpoint does not exist.");
    if (req.method !== "POST") throw new Refusal(405, "method_not_allowed", "This endpoint takes POST.");
    if (!/^Bearer \S+$/.test(req.headers.authorization ?? "")) {
      throw new Refusal(401, "missing_api_key", "Missing API key in the authorization header");
    }
    const body = await bytesOf(req);
    const hash = createHash("sha256").update(body).digest("hex");
    const key = req.headers["idempotency-key"]?.toString() ?? null;
    const call: Call = { at: now(), path, key, hash, ids: [], letters: [], status: 200 };
    calls.push(call);
    if (key !== null && underway.has(key)) {
      call.status = 409;
      throw new Refusal(409, "concurrent_idempotent_requests", "The original request is still in progress.");
    }
    if (key !== null) underway.add(key);
    try {
      const fault = faults.next(now());
      if (fault && (await suffer(fault, req))) {
        call.status = 0;
        return;
      }
      await faults.before();
      keepPace();
      const answer = take(path, body, hash, key, req.headers["x-batch-validation"] === "permissive", call);
      if (fault?.kind === "lose-answer") return void req.socket.destroy();
      if (fault?.kind === "garbage") return void res.writeHead(200).end("<h1>It works!</h1>");
      await faults.after();
      json(res, 200, answer);
    } catch (error) {
      call.status = error instanceof Refusal ? error.status : 500;
      throw error;
    } finally {
      if (key !== null) underway.delete(key);
      onCall(call);
    }
  }

  /** Does the fault end the call here? `lose-answer` and `delay` let it go on. */
  async function suffer(fault: Fault, req: IncomingMessage): Promise<boolean> {
    if (fault.kind === "refuse") {
      throw new Refusal(
        fault.status,
        fault.name,
        `Refused on command with ${fault.status}.`,
        fault.retryAfter,
      );
    }
    if (fault.kind === "delay") await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault.kind === "reset") req.socket.destroy();
    return fault.kind === "reset" || fault.kind === "hang";
  }

  function keepPace(): void {
    if (!pace) return;
    pace.times = pace.times.filter((time) => time > Date.now() - 1000);
    if (pace.times.length >= pace.perSecond) {
      throw new Refusal(
        429,
        "rate_limit_exceeded",
        "Too many requests. You can only make a few per second.",
        1,
      );
    }
    pace.times.push(Date.now());
  }

  function take(
    path: string,
    body: Buffer,
    hash: string,
    key: string | null,
    permissive: boolean,
    call: Call,
  ): unknown {
    if (key !== null && (key.length < 1 || key.length > 256)) {
      throw new Refusal(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    }
    const known = key === null ? undefined : keys.get(key);
    if (known && known.at > now() - day) {
      if (known.hash === hash) return known.answer;
      throw new Refusal(
        409,
        "invalid_idempotent_request",
        "Same idempotency key used with a different request payload",
      );
    }
    const parsed = parsedJson(body);
    for (const { to } of [parsed].flat() as { to?: string | string[] }[])
      if ([to].flat().some((address) => address && spoiling.has(address)))
        throw new Refusal(422, "validation_error", "One of the emails cannot be processed.");
    const accept = (letter: Letter) => {
      const id = randomUUID();
      letters.push({ ...letter, id, at: now() });
      call.ids.push(id);
      call.letters.push(
        ...(letter.tags ?? []).filter(({ name }) => name === "letter").map(({ value }) => value),
      );
      return { id };
    };
    let answer: unknown;
    if (path === "/emails") {
      answer = accept(readLetter(parsed));
    } else {
      const batch = readBatch(parsed, permissive ? "permissive" : "strict");
      const data = batch.letters.map(accept);
      answer = permissive ? { data, errors: batch.errors } : { data };
    }
    if (key !== null) keys.set(key, { hash, at: now(), answer });
    return answer;
  }

  async function control(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? "/", "http://stand-in");
    const input = req.method === "POST" ? parsedJson(await bytesOf(req)) : undefined;
    switch (`${req.method} ${url.pathname}`) {
      case "GET /control/letters": {
        const address = url.searchParams.get("to");
        return json(res, 200, address === null ? letters : to(address));
      }
      case "GET /control/calls":
        return json(res, 200, calls);
      case "POST /control/faults":
        faults.order(faultShape.parse(input));
        return json(res, 200, {});
      case "POST /control/outage":
        faults.away(now() + outageShape.parse(input).minutes * 60_000);
        return json(res, 200, {});
      case "POST /control/latency":
        faults.slow(latencyShape.parse(input));
        return json(res, 200, {});
      case "POST /control/spoil": {
        const { to: address } = z.object({ to: z.string() }).parse(input);
        spoiling.add(address);
        return json(res, 200, {});
      }
      case "POST /control/pace": {
        const { perSecond } = z.object({ perSecond: z.number().nullable() }).parse(input);
        pace = perSecond === null ? undefined : { perSecond, times: [] };
        return json(res, 200, {});
      }
      case "POST /control/webhook":
        news.at(hookShape.parse(input));
        return json(res, 200, {});
      case "POST /control/tell": {
        const order = tellShape.parse(input);
        news.order(
          order,
          order.to.flatMap((address) => to(address).slice(-1)),
        );
        return json(res, 200, {});
      }
      case "GET /control/told":
        return json(res, 200, news.told());
      case "POST /control/advance":
        ahead += z.object({ hours: z.number() }).parse(input).hours * 3_600_000;
        return json(res, 200, {});
      case "POST /control/reset":
        [letters, calls, ahead, pace] = [[], [], 0, undefined];
        keys.clear();
        faults.clear();
        spoiling.clear();
        news.clear();
        return json(res, 200, {});
      default:
        throw new Refusal(404, "not_found", "The stand-in has no such control.");
    }
  }
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function answerRefusal(res: ServerResponse, { status, code, message, retryAfter }: Refusal): void {
  if (retryAfter !== undefined) res.setHeader("retry-after", String(retryAfter));
  json(res, status, { statusCode: status, name: code, message });
}

async function bytesOf(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(422, "validation_error", "The body is not JSON.");
  }
}
