"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import type { MenuItem } from "@/components/ui/action-menu-popup";
import { IconButton } from "@/components/ui/button";

/** Base UI Menu is loaded when the pointer or the focus reaches the first menu button. */
const load = () => import("@/components/ui/action-menu-popup");
const ActionMenuPopup = lazy(load);

/**
 * Renders the ••• menu of a row. `label` names its object ("Actions for lea@fabrikam.org"); `null` among the
 * items is a separator. Below 760 px the menu is a bottom sheet.
 */
export function ActionMenu({
  label,
  items,
  icon,
}: {
  label: string;
  items: readonly (MenuItem | null)[];
  icon?: ReactNode;
}) {
  const [open, setOpen] = useState<false | "pointer" | "keyboard">(false);
  const [hasOpened, setHasOpened] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const show = (source: "pointer" | "keyboard") => {
    setHasOpened(true);
    setOpen(source);
  };
  return (
    <>
      <IconButton
        ref={trigger}
        label={label}
        icon={icon ?? <Ellipsis size={18} aria-hidden />}
        aria-haspopup="menu"
        aria-expanded={open !== false}
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => (open ? setOpen(false) : show(event.detail === 0 ? "keyboard" : "pointer"))}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          show("keyboard");
        }}
      />
      {hasOpened ? (
        <Suspense fallback={null}>
          <ActionMenuPopup
            open={open}
            close={() => setOpen(false)}
            trigger={trigger}
            label={label}
            items={items}
          />
        </Suspense>
      ) : null}
    </>
  );
}
