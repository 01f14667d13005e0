"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, type RefObject, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { NEW_INVITATION_HASH, openNewInvitation } from "@/components/invitations/new-invitation";
import menuStyles from "@/components/shell/popover-menu.module.css";
import { shortcutForKey } from "@/components/shell/shortcut-keys";
import type { Command } from "@/components/shell/shortcuts-dialog";
import { areSingleKeyShortcutsEnabled } from "@/components/shell/single-key-shortcuts";

const ShortcutsDialog = lazy(() => import("@/components/shell/shortcuts-dialog"));

type Props = {
  commands: readonly Command[];
  /** URL of the page with New Invitation; undefined without permission to invite. */
  invite: string | undefined;
};

/**
 * Handles ⌘K, `/`, `N` and `?`, and renders the button that shows them. The dialog is loaded on first use.
 */
export function Shortcuts({ commands, invite }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const [dialog, setDialog] = useState<{
    view: "commands" | "help";
    finalFocus?: RefObject<HTMLElement | null>;
  } | null>(null);
  const menu = useRef<HTMLElement>(null);
  const startInvitation = () => {
    if (invite && !openNewInvitation()) router.push(invite + NEW_INVITATION_HASH);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = shortcutForKey({
      key: event.key,
      withCommand: event.metaKey || event.ctrlKey,
      withAlt: event.altKey,
      isTyping: isTyping(event.target),
      singleKeys: areSingleKeyShortcutsEnabled(),
    });
    if (!shortcut || event.defaultPrevented) return;
    if (shortcut === "search") {
      const field = document.querySelector<HTMLElement>("[data-search]");
      if (!field) return;
      field.focus();
    } else if (shortcut === "invite") startInvitation();
    else setDialog({ view: shortcut });
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={menuStyles.item}
        data-needs-scripts=""
        popoverTarget="account"
        popoverTargetAction="hide"
        onClick={() => {
          // This button is hidden with the menu, so the focus returns to the button that opened the menu.
          menu.current = document.querySelector("[popovertarget=account]");
          setDialog({ view: "help", finalFocus: menu });
        }}
      >
        {t("shell.shortcuts.help")}
      </button>
      {dialog ? (
        <Suspense fallback={null}>
          <ShortcutsDialog
            view={dialog.view}
            finalFocus={dialog.finalFocus}
            close={() => setDialog(null)}
            commands={commands}
            startInvitation={invite ? startInvitation : undefined}
          />
        </Suspense>
      ) : null}
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]",
    ) !== null
  );
}
