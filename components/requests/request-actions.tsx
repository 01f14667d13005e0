import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useAddRows } from "@/components/members/fresh-rows";
import type { Gift } from "@/components/members/gift-fields";
import type { MayAnswer } from "@/components/requests/requests-table";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { approveRequest, dismissRequest } from "@/lib/admin/request-actions";
import type { Changed } from "@/lib/admin/request-batch";
import type { RequestRow } from "@/lib/requests/queries/list";
import { movesFrom } from "@/lib/requests/status";
import type { ActionResult } from "@/lib/result/action-result";

type Props = { organization: string; request: RequestRow; gift: Gift; may: MayAnswer };

/** **Send invitation** and **Dismiss** (REQ-E3); whoever is a user already can only be dismissed (REQ-E4). */
export function RequestActions({ organization, request, gift, may }: Props) {
  const answer = useAnswer();
  const moves = movesFrom(request.status);
  const ref = { organization, request: request.id };
  const why = (permission: keyof MayAnswer) =>
    may[permission]
      ? undefined
      : `You need the permission ${permission}. An Owner or Admin can give it to you.`;
  const to = <span className="sr-only"> to {request.email}</span>;
  const whose = <span className="sr-only"> the request of {request.email}</span>;
  return (
    <div className="row-actions request-actions">
      {moves.includes("approve") ? (
        <Button
          size="small"
          variant="primary"
          disabledReason={why("requests:approve")}
          onClick={() =>
            answer(
              () => approveRequest({ ...ref, role: gift.role, policies: [...gift.policies] }),
              `${request.email} is invited`,
            )
          }
        >
          Send invitation{to}
        </Button>
      ) : null}
      {moves.includes("dismiss") ? (
        <Button
          size="small"
          disabledReason={why("requests:dismiss")}
          onClick={() => answer(() => dismissRequest(ref), `Request of ${request.email} dismissed`)}
        >
          Dismiss{whose}
        </Button>
      ) : null}
    </div>
  );
}

/** Gives the answer, shows the changed rows at once, and says what happened; a second press meanwhile does nothing. */
function useAnswer() {
  const toast = useToast();
  const show = useAddRows();
  const router = useRouter();
  const busy = useRef(false);
  return async (send: () => Promise<ActionResult<Changed>>, title: string) => {
    if (busy.current) return;
    busy.current = true;
    const result = await send().catch(() => null);
    busy.current = false;
    if (!result)
      return toast({
        title: "The server could not be reached",
        text: "Whether it was done, the row says once there is an answer again.",
        tone: "bad",
      });
    if (!result.ok) toast({ title: "Nothing was changed", text: result.message, tone: "bad" });
    else {
      show(result.value);
      toast({ title, tone: "ok" });
    }
    // The counts of the tabs; and where somebody else was first, their answer.
    router.refresh();
  };
}
