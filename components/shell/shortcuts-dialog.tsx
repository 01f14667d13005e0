"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useRouter } from "next/navigation";
import { type RefObject, useRef, useState } from "react";
import styles from "@/components/shell/shortcuts-dialog.module.css";
import { areSingleKeyShortcutsEnabled, setSingleKeyShortcuts } from "@/components/shell/single-key-shortcuts";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import { CheckField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import menuStyles from "@/components/ui/menu.module.css";

/** A page in the command list. */
export type Command = { label: string; href: string };

type Props = {
  view: "commands" | "help";
  close: () => void;
  commands: readonly Command[];
  /** Opens New Invitation; undefined without permission to invite. */
  startInvitation: (() => void) | undefined;
  /** The element to focus after closing, if the element that opened the dialog is hidden by then. */
  finalFocus: RefObject<HTMLElement | null> | undefined;
};

/** Renders the command list (⌘K) or the help (`?`). */
export default function ShortcutsDialog(props: Props) {
  const input = useRef<HTMLInputElement>(null);
  const isHelp = props.view === "help";
  return (
    <Dialog
      open
      onOpenChange={props.close}
      title={isHelp ? "Keyboard shortcuts" : "Commands"}
      finalFocus={props.finalFocus}
      {...(isHelp ? {} : { initialFocus: input })}
    >
      <DialogBody>{isHelp ? <Help /> : <Commands {...props} input={input} />}</DialogBody>
    </Dialog>
  );
}

const KEYS = [
  { keys: ["⌘", "K"], alternative: ["Ctrl", "K"], action: "Commands" },
  { keys: ["/"], action: "Search the list" },
  { keys: ["N"], action: "New Invitation" },
  { keys: ["?"], action: "This help" },
];

function Help() {
  const [enabled, setEnabled] = useState(areSingleKeyShortcutsEnabled);
  return (
    <>
      <dl className={styles.keys}>
        {KEYS.map(({ keys, alternative, action }) => (
          <div key={action}>
            <dt>
              <Keys keys={keys} />
              {alternative ? (
                <>
                  {" or "}
                  <Keys keys={alternative} />
                </>
              ) : null}
            </dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
      <CheckField
        type="checkbox"
        label="Single keys"
        hint="Off: /, N and ? do nothing in this browser."
        checked={enabled}
        onChange={(event) => {
          setEnabled(event.target.checked);
          setSingleKeyShortcuts(event.target.checked);
        }}
      />
    </>
  );
}

function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key) => <kbd key={key}>{key}</kbd>);
}

function Commands({
  commands,
  startInvitation,
  close,
  input,
}: Props & { input: RefObject<HTMLInputElement | null> }) {
  const router = useRouter();
  const items = [
    ...(startInvitation ? [{ label: "New Invitation", run: startInvitation }] : []),
    ...commands.map(({ label, href }) => ({ label, run: () => router.push(href) })),
  ];
  const run = (item: (typeof items)[number]) => {
    close();
    item.run();
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={items}
      itemToStringValue={(item) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.Input
        ref={input}
        className={fieldStyles.input}
        aria-label="Search commands"
        placeholder="Where to?"
      />
      <Autocomplete.Empty>
        <p className={styles.empty}>No command has this name.</p>
      </Autocomplete.Empty>
      <Autocomplete.List>
        {(item: (typeof items)[number]) => (
          <Autocomplete.Item
            key={item.label}
            value={item}
            className={menuStyles.item}
            onClick={() => run(item)}
          >
            {item.label}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
