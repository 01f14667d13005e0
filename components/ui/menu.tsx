"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { IconButton } from "@/components/ui/button";

/** The machinery of menus comes when a hand or the focus nears the first one. */
const load = () => import("@/components/ui/menu-popup");
const MenuPopup = lazy(load);

export type MenuItem = {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  /** Why it cannot be chosen now: it stays in reach and says so. */
  disabledReason?: string | undefined;
  danger?: boolean;
};

/**
 * The ••• of a row: `label` names its object ("Actions for lea@fabrikam.org"). `null` among the items draws a line.
 * Below 760 px the menu is a sheet from below.
 */
export function Menu({
  label,
  items,
  icon,
}: {
  label: string;
  items: readonly (MenuItem | null)[];
  icon?: ReactNode;
}) {
  const [open, setOpen] = useState<false | "pointer" | "keyboard">(false);
  const [opened, setOpened] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const show = (how: "pointer" | "keyboard") => {
    setOpened(true);
    setOpen(how);
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
      {opened ? (
        <Suspense fallback={null}>
          <MenuPopup open={open} close={() => setOpen(false)} trigger={trigger} label={label} items={items} />
        </Suspense>
      ) : null}
    </>
  );
}
