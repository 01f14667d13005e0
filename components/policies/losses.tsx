import { Notice } from "@/components/ui/notice";
import type { Loss } from "@/lib/policies/queries";

/** What a change takes from whom: "9 people lose invitations:create; 3 more keep it by another policy or role" (REQ-G2). */
export function Losses({ losses }: { losses: readonly Loss[] | null }) {
  if (!losses)
    return (
      <Notice tone="warn" announce title="Many people lose permissions">
        So many have this policy that counting takes too long.
      </Notice>
    );
  if (losses.length === 0)
    return (
      <Notice announce title="Nobody loses anything">
        Nobody has this policy.
      </Notice>
    );
  const isAnyLost = losses.some(({ lose }) => lose > 0);
  return (
    <Notice
      tone={isAnyLost ? "warn" : "info"}
      announce
      title={isAnyLost ? "Who loses what" : "Nobody loses anything"}
    >
      <ul className="losses">
        {losses.map((loss) => (
          <li key={loss.permission}>{lossWords(loss)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** One permission in a sentence. */
export function lossWords({ permission, lose, keep, you }: Loss): string {
  const keepers = keep === 1 ? "1 person keeps" : `${number(keep)} people keep`;
  if (lose === 0) return `${keepers} ${permission} by another policy or role.`;
  const losers = lose === 1 ? "1 person loses" : `${number(lose)} people lose`;
  const kept =
    keep > 0 ? `; ${number(keep)} more ${keep === 1 ? "keeps" : "keep"} it by another policy or role` : "";
  return `${losers} ${permission}${you ? ", you among them" : ""}${kept}.`;
}

function number(count: number): string {
  return count.toLocaleString("en");
}
