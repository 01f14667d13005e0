"use client";

import { useTranslations } from "next-intl";
import { useNewRows } from "@/components/members/row-updates";
import { Button } from "@/components/ui/button";

/** The limit of `findNewRows`. */
const MAX_SHOWN_COUNT = 100;

/**
 * Shows the number of new rows in the open list, and adds them on top when pressed, with the focus on the
 * first one. At the end of the tabs it neither shifts nor covers the list (decision 0032).
 */
export function NewRowsButton() {
  const t = useTranslations();
  const { count, show } = useNewRows();
  const onShow = () => {
    show();
    // The button disappears and the rows appear in the next frame.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[data-slot="table"] tbody :is(input, button, a)')?.focus(),
    );
  };
  return (
    <div role="status">
      {count > 0 ? (
        <Button size="small" onClick={onShow}>
          {count < MAX_SHOWN_COUNT
            ? t("admin.users.newRows.show", { count })
            : t("admin.users.newRows.showMoreThan", { count: MAX_SHOWN_COUNT })}
        </Button>
      ) : null}
    </div>
  );
}
