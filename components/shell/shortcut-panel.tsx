"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useRouter } from "next/navigation";
import { type RefObject, useRef, useState } from "react";
import type { Command } from "@/components/shell/shortcuts";
import { areSingleKeysOn, switchSingleKeys } from "@/components/shell/single-keys";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import { CheckField } from "@/components/ui/field";

type Props = {
  shows: "commands" | "help";
  close: () => void;
  commands: readonly Command[];
  /** For those who may invite. */
  startInvitation: (() => void) | undefined;
  /** Where focus goes afterwards, if what opened it is hidden by then. */
  finalFocus: RefObject<HTMLElement | null> | undefined;
};

/** What ⌘K and `?` open. */
export default function ShortcutPanel(props: Props) {
  const input = useRef<HTMLInputElement>(null);
  const isHelp = props.shows === "help";
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
  { keys: ["⌘", "K"], or: ["Ctrl", "K"], does: "Commands" },
  { keys: ["/"], does: "Search the list" },
  { keys: ["N"], does: "New Invitation" },
  { keys: ["?"], does: "This help" },
];

function Help() {
  const [on, setOn] = useState(areSingleKeysOn);
  return (
    <>
      <dl className="shortcut-keys">
        {KEYS.map(({ keys, or, does }) => (
          <div key={does}>
            <dt>
              <Keys of={keys} />
              {or ? (
                <>
                  {" or "}
                  <Keys of={or} />
                </>
              ) : null}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <CheckField
        type="checkbox"
        label="Single keys"
        hint="Off: /, N and ? do nothing in this browser."
        checked={on}
        onChange={(event) => {
          setOn(event.target.checked);
          switchSingleKeys(event.target.checked);
        }}
      />
    </>
  );
}

function Keys({ of }: { of: readonly string[] }) {
  return of.map((key) => <kbd key={key}>{key}</kbd>);
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
        className="input"
        aria-label="Search commands"
        placeholder="Where to?"
      />
      <Autocomplete.Empty>
        <p className="shortcut-none">No command has this name.</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="shortcut-commands">
        {(item: (typeof items)[number]) => (
          <Autocomplete.Item key={item.label} value={item} className="menu-item" onClick={() => run(item)}>
            {item.label}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
