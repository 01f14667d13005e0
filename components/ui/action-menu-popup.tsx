"use client";

import { Menu } from "@base-ui/react/menu";
import { Fragment, type ReactNode, type RefObject, useRef } from "react";
import styles from "@/components/ui/menu.module.css";

export type MenuItem = {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  /** Why the item is disabled. It stays in the menu and shows the reason. */
  disabledReason?: string | undefined;
  danger?: boolean;
};

type Props = {
  open: false | "pointer" | "keyboard";
  close: () => void;
  trigger: RefObject<HTMLButtonElement | null>;
  label: string;
  items: readonly (MenuItem | null)[];
};

/** Renders `ActionMenu` with Base UI. Loaded on demand. */
export default function ActionMenuPopup({ open, close, trigger, label, items }: Props) {
  const first = useRef<HTMLDivElement>(null);
  // The selected item may have opened a dialog before the menu has faded out; the dialog then keeps the
  // focus.
  const finalFocus = () => (document.activeElement?.closest("[role=dialog]") ? false : trigger.current);
  return (
    <Menu.Root
      open={open !== false}
      onOpenChange={(next, details) => {
        if (next) return;
        // The trigger closes the menu itself.
        const target = details.event.target;
        if (details.reason === "outside-press" && target instanceof Node && trigger.current?.contains(target))
          return;
        close();
      }}
      onOpenChangeComplete={(shown) => {
        if (shown && open === "keyboard") first.current?.focus();
      }}
    >
      <Menu.Portal>
        <Menu.Backdrop className={styles.scrim} />
        <Menu.Positioner
          className={styles.positioner}
          anchor={trigger}
          side="bottom"
          align="end"
          sideOffset={4}
        >
          <Menu.Popup className={styles.menu} aria-label={label} finalFocus={finalFocus}>
            <p className={styles.title} aria-hidden="true">
              {label}
            </p>
            {items.map((item, index) =>
              item ? (
                <Fragment key={item.label}>
                  <Item item={item} ref={index === 0 ? first : undefined} />
                </Fragment>
              ) : (
                <Menu.Separator
                  key={`separator after ${items[index - 1]?.label}`}
                  className={styles.separator}
                />
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Renders a menu item, with the reason below it if it is disabled. */
function Item({ item, ref }: { item: MenuItem; ref: RefObject<HTMLDivElement | null> | undefined }) {
  return (
    <Menu.Item
      ref={ref}
      className={item.danger ? `${styles.item} ${styles.danger}` : styles.item}
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
