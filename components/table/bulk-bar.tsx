"use client";

import X from "lucide-react/icons/x";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import styles from "@/components/table/bulk-bar.module.css";
import { BulkBarFrame } from "@/components/table/bulk-bar-frame";
import { BulkProgress, BulkResult } from "@/components/table/bulk-progress";
import type { Selection } from "@/components/table/selection";
import {
  type BulkRun,
  type SendBatch,
  splitIntoBatches,
  useBulkAction,
} from "@/components/table/use-bulk-action";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog, preloadConfirmDialog } from "@/components/ui/confirm-dialog";
import type { MessageKey } from "@/lib/i18n/messages";
import type { BulkScope } from "@/lib/lists/bulk";
import type { ActionResult } from "@/lib/result/action-result";

/** An action on many rows. It runs immediately, after a confirmation, or from its own dialog. */
export type BulkAction = {
  label: string;
  /** Why the action is disabled. */
  disabledReason?: string | undefined;
  danger?: boolean;
} & Pick<BulkRun, "progressLabel" | "summaryMessages"> &
  (
    | { sendBatch: SendBatch; confirmation?: (scope: BulkScope) => { title: string; description: string } }
    | { renderDialog: (dialogProps: BulkDialogProps) => ReactNode }
  );

/** Props of an action's dialog. `scope` says what it applies to; `start` runs the action. */
export type BulkDialogProps = {
  open: boolean;
  scope: BulkScope;
  start: (sendBatch: SendBatch) => void;
  close: () => void;
  finalFocus: RefObject<HTMLElement | null>;
};

type Props = Selection & {
  /** The name of the bar, such as "Selected users". */
  label: string;
  /** Says that all rows that match are selected, with the values of a `BulkScope`. */
  allSelectedMessage: MessageKey;
  /** Ids of the selected rows that can be selected. */
  selectedIds: readonly string[];
  /** Ids of all selectable rows on this page. */
  pageIds: readonly string[];
  /** The list's query if there is more than one page; otherwise null. */
  query: string | null;
  countMatching: () => Promise<ActionResult<number | null>>;
  actions: readonly BulkAction[];
  /** URL of a profile page without the id; undefined if the actor cannot open profiles. */
  profileBaseUrl: string | undefined;
};

/** Higher counts are not shown. */
const MAX_COUNT = 10_000;

/**
 * Renders the actions for the selected rows or for all that match (REQ-C9), sticky above the list. Shows the
 * progress of a running action and afterwards its results.
 */
export default function BulkBar(props: Props) {
  const t = useTranslations();
  const { selectedIds, pageIds, query, countMatching, actions, selected, select } = props;
  const [allMatching, setAllMatching] = useState<{
    selection: ReadonlySet<string>;
    count: number | null;
  } | null>(null);
  // Kept while its dialog closes, so that the dialog does not change during the animation.
  const [openAction, setOpenAction] = useState<BulkAction | null>(null);
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const { run, isStopping, start, resume, stop, close } = useBulkAction();
  const bar = useRef<HTMLElement>(null);
  // Changing the selection ends "all that match".
  const isAllMatching = query !== null && allMatching?.selection === selected;
  const isShown = run !== null || selectedIds.length > 0;
  const phase = run ? run.state : isShown ? "choosing" : "nothing";
  const previousPhase = useRef(phase);
  // Restores the focus if the clicked button was removed.
  useLayoutEffect(() => {
    if (previousPhase.current === phase) return;
    previousPhase.current = phase;
    if (document.activeElement !== document.body) return;
    const focusTarget = bar.current ?? document.querySelector<HTMLElement>('[data-slot="table"] thead input');
    focusTarget?.focus();
  });
  if (!isShown) return null;

  const count = isAllMatching ? allMatching.count : selectedIds.length;
  const total = count === null || (isAllMatching && count > MAX_COUNT) ? null : count;
  const scope: BulkScope = {
    scope: !isAllMatching ? "selected" : total === null ? "uncounted" : "matching",
    count: total ?? 0,
  };
  const startAction = ({ progressLabel, summaryMessages }: BulkAction, sendBatch: SendBatch) => {
    setIsDialogOpen(false);
    const remaining = isAllMatching ? [{ query: query ?? "" }] : splitIntoBatches(selectedIds);
    start({ progressLabel, summaryMessages, sendBatch, total, remaining });
  };
  const handleClick = (action: BulkAction) => {
    if ("sendBatch" in action && !action.confirmation) startAction(action, action.sendBatch);
    else {
      setOpenAction(action);
      setIsDialogOpen(true);
    }
  };
  const selectAllMatching = async () => {
    const selection = new Set(pageIds);
    const result = await countMatching().catch(() => null);
    select(selection);
    setAllMatching({ selection, count: result?.ok ? result.value : null });
  };
  const dialogTexts = openAction && "sendBatch" in openAction ? openAction.confirmation?.(scope) : undefined;
  return (
    <BulkBarFrame ref={bar} className={styles.bar} tabIndex={-1} aria-label={props.label}>
      {run?.state === "running" ? (
        <BulkProgress run={run} isStopping={isStopping} stop={stop} />
      ) : run ? (
        <BulkResult run={run} resume={resume} close={close} profileBaseUrl={props.profileBaseUrl} />
      ) : (
        <>
          <div className={styles.selection}>
            <p role="status">
              {isAllMatching
                ? t(props.allSelectedMessage, scope)
                : t("admin.table.selected", { count: selectedIds.length })}
            </p>
            {query !== null && !isAllMatching ? (
              <Button variant="quiet" size="small" onClick={selectAllMatching}>
                {t("admin.table.selectAllMatching")}
              </Button>
            ) : null}
            <IconButton
              label={t("admin.table.clearSelection")}
              icon={<X size={16} aria-hidden />}
              onClick={() => select(new Set())}
            />
          </div>
          <div className={styles.actions}>
            {actions.map((action) => (
              <Button
                key={action.label}
                size="small"
                variant={action.danger ? "danger" : "plain"}
                disabledReason={action.disabledReason}
                onClick={() => handleClick(action)}
                onPointerEnter={preloadConfirmDialog}
                onFocus={preloadConfirmDialog}
              >
                {action.label}
              </Button>
            ))}
          </div>
        </>
      )}
      <ConfirmDialog
        open={isDialogOpen && dialogTexts !== undefined}
        close={() => setIsDialogOpen(false)}
        title={dialogTexts?.title ?? ""}
        description={dialogTexts?.description ?? ""}
        label={openAction?.label ?? ""}
        onConfirm={async () => {
          if (openAction && "sendBatch" in openAction) startAction(openAction, openAction.sendBatch);
          return null;
        }}
        finalFocus={bar}
      />
      {openAction && "renderDialog" in openAction ? (
        <Fragment key={openAction.label}>
          {openAction.renderDialog({
            open: isDialogOpen,
            scope,
            start: (sendBatch) => startAction(openAction, sendBatch),
            close: () => setIsDialogOpen(false),
            finalFocus: bar,
          })}
        </Fragment>
      ) : null}
    </BulkBarFrame>
  );
}
