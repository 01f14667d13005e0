"use client";

import { Menu } from "@base-ui/react/menu";
import { Fragment, type RefObject, useRef } from "react";
import type { MenuItem } from "@/components/ui/menu";

type Props = {
  open: false | "pointer" | "keyboard";
  close: () => void;
  trigger: RefObject<HTMLButtonElement | null>;
  label: string;
  items: readonly (MenuItem | null)[];
};

/** What `Menu` shows, on Base UI; loaded with the first menu and by nothing else. */
export default function MenuPopup({ open, close, trigger, label, items }: Props) {
  const first = useRef<HTMLDivElement>(null);
  // What was chosen may have opened a dialog before the menu has faded; then the focus is the dialog's.
  const finalFocus = () => (document.activeElement?.closest("[role=dialog]") ? false : trigger.current);
  return (
    <Menu.Root
      open={open !== false}
      onOpenChange={(next, details) => {
        if (next) return;
        // A press on the trigger is the trigger's to answer: it closes what is open.
        const pressed = details.event.target;
        if (
          details.reason === "outside-press" &&
          pressed instanceof Node &&
          trigger.current?.contains(pressed)
        )
          return;
        close();
      }}
      onOpenChangeComplete={(shown) => {
        if (shown && open === "keyboard") first.current?.focus();
      }}
    >
      <Menu.Portal>
        <Menu.Backdrop className="scrim menu-scrim" />
        <Menu.Positioner
          className="menu-positioner"
          anchor={trigger}
          side="bottom"
          align="end"
          sideOffset={4}
        >
          <Menu.Popup className="menu" aria-label={label} finalFocus={finalFocus}>
            <p className="menu-title" aria-hidden="true">
              {label}
            </p>
            {items.map((item, place) =>
              item ? (
                <Fragment key={item.label}>
                  <Item item={item} ref={place === 0 ? first : undefined} />
                </Fragment>
              ) : (
                <Menu.Separator key={`line after ${items[place - 1]?.label}`} className="menu-line" />
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** One line of a menu, its reason below it where it cannot be chosen. */
function Item({ item, ref }: { item: MenuItem; ref: RefObject<HTMLDivElement | null> | undefined }) {
  return (
    <Menu.Item
      ref={ref}
      className={item.danger ? "menu-item menu-danger" : "menu-item"}
      disabled={Boolean(item.disabledReason)}
      label={item.label}
      onClick={item.onSelect}
    >
      {item.icon}
      <span>
        {item.label}
        {item.disabledReason ? <small>{item.disabledReason}</small> : null}
      </span>
    </Menu.Item>
  );
}
