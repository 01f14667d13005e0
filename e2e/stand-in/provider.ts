import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { type AcceptedEmail, ApiError, type EmailPayload, parseBatch, parseEmail } from "./emails";
import { createFaultQueue, faultSchema, latencySchema, outageSchema, type ProviderFault } from "./faults";
import { createWebhookSender, eventOrderSchema, webhookSchema } from "./webhooks";

/** One send request, as recorded. Tests compare them to prove that no email was lost or sent twice. */
export type ProviderCall = {
  /** Milliseconds on the stand-in's clock. */
  at: number;
  path: string;
  /** The idempotency key. */
  key: string | null;
  /** SHA-256 of the body, in hexadecimal. */
  hash: string;
  ids: string[];
  /** The sender's own ids of the emails that were accepted: the values of their tags. */
  messageIds: string[];
  /** The HTTP status; 0 if there was no response. */
  status: number;
};
type StoredResponse = { hash: string; at: number; body: unknown };

const day = 24 * 60 * 60 * 1000;

/**
 * Creates a stand-in of Resend's HTTP API as its SDK uses it: `POST /emails` and `/emails/batch`, idempotency keys stored
 * for 24 hours, 429 with `retry-after`, signed webhooks, and faults on command under `/control`. `onCall` runs at the end
 * of each send request.
 */
export function createResendStandIn(onCall: (call: ProviderCall) => void = () => {}): Server {
  const faults = createFaultQueue();
  const responsesByKey = new Map<string, StoredResponse>();
  const keysInProgress = new Set<string>();
  let emails: AcceptedEmail[] = [];
  let calls: ProviderCall[] = [];
  let clockOffset = 0;
  const unprocessableAddresses = new Set<string>();
  let rateLimit: { perSecond: number; times: number[] } | undefined;
  const now = () => Date.now() + clockOffset;
  const webhooks = createWebhookSender(now);
  const emailsTo = (address: string) => emails.filter((email) => [email.to].flat().includes(address));

  return createServer((req, res) => {
    const handled = req.url?.startsWith("/control/") ? control(req, res) : send(req, res);
    handled.catch((error: unknown) => {
      if (error instanceof ApiError) return respondWithError(res, error);
      if (error instanceof z.ZodError)
        return respondWithError(res, new ApiError(422, "validation_error", error.message));
      respondWithError(res, new ApiError(500, "internal_server_error", String(error)));
    });
  });

  async function send(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? "/";
    if (path !== "/emails" && path !== "/emails/batch")
      throw new ApiError(404, "not_found", "The endpoint does not exist.");
    if (req.method !== "POST") throw new ApiError(405, "method_not_allowed", "This endpoint requires POST.");
    if (!/^Bearer \S+$/.test(req.headers.authorization ?? "")) {
      throw new ApiError(401, "missing_api_key", "Missing API key in the authorization header");
    }
    const body = await readBody(req);
    const hash = createHash("sha256").update(body).digest("hex");
    const key = req.headers["idempotency-key"]?.toString() ?? null;
    const call: ProviderCall = { at: now(), path, key, hash, ids: [], messageIds: [], status: 200 };
    calls.push(call);
    if (key !== null && keysInProgress.has(key)) {
      call.status = 409;
      throw new ApiError(409, "concurrent_idempotent_requests", "The original request is still in progress.");
    }
    if (key !== null) keysInProgress.add(key);
    try {
      const fault = faults.next(now());
      if (fault && (await applyFault(fault, req))) {
        call.status = 0;
        return;
      }
      await faults.delayBefore();
      enforceRateLimit();
      const isPermissive = req.headers["x-batch-validation"] === "permissive";
      const response = handleSend(path, body, hash, key, isPermissive, call);
      if (fault?.kind === "lose-response") return void req.socket.destroy();
      if (fault?.kind === "garbage") return void res.writeHead(200).end("<h1>It works!</h1>");
      await faults.delayAfter();
      respond(res, 200, response);
    } catch (error) {
      call.status = error instanceof ApiError ? error.status : 500;
      throw error;
    } finally {
      if (key !== null) keysInProgress.delete(key);
      onCall(call);
    }
  }

  /** Returns true if the fault ends the request here. `lose-response`, `garbage` and `delay` let it continue. */
  async function applyFault(fault: ProviderFault, req: IncomingMessage): Promise<boolean> {
    if (fault.kind === "refuse") {
      throw new ApiError(
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

  function enforceRateLimit(): void {
    if (!rateLimit) return;
    rateLimit.times = rateLimit.times.filter((time) => time > Date.now() - 1000);
    if (rateLimit.times.length >= rateLimit.perSecond) {
      throw new ApiError(
        429,
        "rate_limit_exceeded",
        "Too many requests. You can only make a few per second.",
        1,
      );
    }
    rateLimit.times.push(Date.now());
  }

  /** Accepts the emails of a request, or replays the stored response of its idempotency key. */
  function handleSend(
    path: string,
    body: Buffer,
    hash: string,
    key: string | null,
    isPermissive: boolean,
    call: ProviderCall,
  ): unknown {
    if (key !== null && (key.length < 1 || key.length > 256)) {
      throw new ApiError(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    }
    const stored = key === null ? undefined : responsesByKey.get(key);
    if (stored && stored.at > now() - day) {
      if (stored.hash === hash) return stored.body;
      throw new ApiError(
        409,
        "invalid_idempotent_request",
        "Same idempotency key used with a different request payload",
      );
    }
    const parsed = parseJson(body);
    for (const { to } of [parsed].flat() as { to?: string | string[] }[])
      if ([to].flat().some((address) => address && unprocessableAddresses.has(address)))
        throw new ApiError(422, "validation_error", "One of the emails cannot be processed.");
    const accept = (email: EmailPayload) => {
      const id = randomUUID();
      emails.push({ ...email, id, at: now() });
      call.ids.push(id);
      call.messageIds.push(...(email.tags ?? []).map(({ value }) => value));
      return { id };
    };
    let response: unknown;
    if (path === "/emails") {
      response = accept(parseEmail(parsed));
    } else {
      const batch = parseBatch(parsed, isPermissive ? "permissive" : "strict");
      const data = batch.emails.map(accept);
      response = isPermissive ? { data, errors: batch.errors } : { data };
    }
    if (key !== null) responsesByKey.set(key, { hash, at: now(), body: response });
    return response;
  }

  async function control(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? "/", "http://stand-in");
    const input = req.method === "POST" ? parseJson(await readBody(req)) : undefined;
    switch (`${req.method} ${url.pathname}`) {
      case "GET /control/emails": {
        const address = url.searchParams.get("to");
        return respond(res, 200, address === null ? emails : emailsTo(address));
      }
      case "GET /control/calls":
        return respond(res, 200, calls);
      case "POST /control/faults":
        faults.add(faultSchema.parse(input));
        return respond(res, 200, {});
      case "POST /control/outage":
        faults.setOutageEnd(now() + outageSchema.parse(input).minutes * 60_000);
        return respond(res, 200, {});
      case "POST /control/latency":
        faults.setLatency(latencySchema.parse(input));
        return respond(res, 200, {});
      case "POST /control/unprocessable-address": {
        const { to: address } = z.object({ to: z.string() }).parse(input);
        unprocessableAddresses.add(address);
        return respond(res, 200, {});
      }
      case "POST /control/rate-limit": {
        const { perSecond } = z.object({ perSecond: z.number().nullable() }).parse(input);
        rateLimit = perSecond === null ? undefined : { perSecond, times: [] };
        return respond(res, 200, {});
      }
      case "POST /control/webhook":
        webhooks.configure(webhookSchema.parse(input));
        return respond(res, 200, {});
      case "POST /control/events": {
        const order = eventOrderSchema.parse(input);
        webhooks.enqueue(
          order,
          order.to.flatMap((address) => emailsTo(address).slice(-1)),
        );
        return respond(res, 200, {});
      }
      case "GET /control/webhook-attempts":
        return respond(res, 200, webhooks.attempts());
      case "POST /control/advance":
        clockOffset += z.object({ hours: z.number() }).parse(input).hours * 3_600_000;
        return respond(res, 200, {});
      case "POST /control/reset":
        [emails, calls, clockOffset, rateLimit] = [[], [], 0, undefined];
        responsesByKey.clear();
        faults.clear();
        unprocessableAddresses.clear();
        webhooks.clear();
        return respond(res, 200, {});
      default:
        throw new ApiError(404, "not_found", "The stand-in has no such control.");
    }
  }
}

function respond(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function respondWithError(res: ServerResponse, { status, code, message, retryAfter }: ApiError): void {
  if (retryAfter !== undefined) res.setHeader("retry-after", String(retryAfter));
  respond(res, status, { statusCode: status, name: code, message });
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ApiError(422, "validation_error", "The body is not JSON.");
  }
}
