"use client";

import { useRouter } from "next/navigation";
import { lazy, type RefObject, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { NEW_INVITATION, pressNewInvitation } from "@/components/invitations/new-invitation";
import { shortcutOf } from "@/components/shell/shortcut-keys";
import { areSingleKeysOn } from "@/components/shell/single-keys";

const Panel = lazy(() => import("@/components/shell/shortcut-panel"));

/** Something the command list leads to. */
export type Command = { label: string; href: string };

type Props = {
  commands: readonly Command[];
  /** Where New Invitation is, for those who may. */
  invite: string | undefined;
};

/** ⌘K, `/`, `N` and `?`, and the button that tells of them. What they open comes with the first press. */
export function Shortcuts({ commands, invite }: Props) {
  const router = useRouter();
  const [panel, setPanel] = useState<{
    shows: "commands" | "help";
    back?: RefObject<HTMLElement | null>;
  } | null>(null);
  const menu = useRef<HTMLElement>(null);
  const startInvitation = () => {
    if (invite && !pressNewInvitation()) router.push(invite + NEW_INVITATION);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = shortcutOf({
      key: event.key,
      withCommand: event.metaKey || event.ctrlKey,
      withAlt: event.altKey,
      isTyping: isTyping(event.target),
      singleKeys: areSingleKeysOn(),
    });
    if (!shortcut || event.defaultPrevented) return;
    if (shortcut === "search") {
      const field = document.querySelector<HTMLElement>("[data-search]");
      if (!field) return;
      field.focus();
    } else if (shortcut === "invite") startInvitation();
    else setPanel({ shows: shortcut });
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
        className="account-item needs-scripts"
        popoverTarget="account"
        popoverTargetAction="hide"
        onClick={() => {
          // The menu closes and takes this button with it: afterwards focus is where the menu was opened.
          menu.current = document.querySelector("[popovertarget=account]");
          setPanel({ shows: "help", back: menu });
        }}
      >
        Keyboard shortcuts
      </button>
      {panel ? (
        <Suspense fallback={null}>
          <Panel
            shows={panel.shows}
            finalFocus={panel.back}
            close={() => setPanel(null)}
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
