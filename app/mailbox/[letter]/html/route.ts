import { currentOperator } from "@/lib/auth/current";
import { findLetter } from "@/lib/mail/queries";

/** The HTML of a letter, for the frame on its page. The HTTP front answers it with a CSP of its own: a letter does nothing. */
export async function GET(_request: Request, { params }: RouteContext<"/mailbox/[letter]/html">) {
  const operator = await currentOperator();
  const letter = operator && (await findLetter(operator, (await params).letter));
  if (!letter?.contents) return new Response("Not found", { status: 404 });
  return new Response(letter.contents.html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
