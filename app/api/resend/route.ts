import { hearProvider } from "@/lib/mail/webhook";

const ANSWERS = {
  heard: [200, "Heard."],
  refused: [401, "Not signed by the provider, or too old."],
  off: [404, "Delivery states are off here: RESEND_WEBHOOK_SECRET is not set."],
} as const;

/**
 * Where Resend tells what became of letters (REQ-C10). Its signature over the very bytes is what lets it in: no cookie counts
 * and none is set. Anything but a 2xx makes it tell again later, also when the database is away.
 */
export async function POST(request: Request): Promise<Response> {
  const [status, text] = ANSWERS[await hearProvider(await request.text(), request.headers)];
  return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}
