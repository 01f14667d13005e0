import { handleResendWebhook } from "@/lib/mail/webhook";

const RESPONSES = {
  accepted: [200, "OK"],
  invalid: [401, "Not signed by the provider, or too old."],
  disabled: [404, "Delivery states are off here: RESEND_WEBHOOK_SECRET is not set."],
} as const;

/**
 * The webhook for delivery events from Resend (REQ-C10). It is authenticated by the signature over the body alone; cookies
 * are neither read nor set. Any response other than 2xx, for example while the database is unreachable, makes Resend retry.
 */
export async function POST(request: Request): Promise<Response> {
  const [status, text] = RESPONSES[await handleResendWebhook(await request.text(), request.headers)];
  return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}
