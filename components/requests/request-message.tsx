import { Badge } from "@/components/ui/badge";
import type { RequestRow } from "@/lib/requests/queries/list";

/** So much of a message is shown unasked. */
const SHORT = 160;

/** What somebody wrote, as text and nothing else; or what brought the request, where nobody wrote. */
export function RequestMessage({ row }: { row: RequestRow }) {
  const { message, proposed } = row;
  if (proposed && !message) return <Badge tone="info">From an expired invitation</Badge>;
  if (message.length <= SHORT) return <span className="request-message">{message}</span>;
  return (
    <details className="request-message">
      <summary>{message.slice(0, SHORT)}…</summary>
      {message.slice(SHORT)}
    </details>
  );
}
