"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
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
  const t = useTranslations();
  const input = useRef<HTMLInputElement>(null);
  const isHelp = props.view === "help";
  return (
    <Dialog
      open
      onOpenChange={props.close}
      title={t(isHelp ? "shell.shortcuts.help" : "shell.shortcuts.commands")}
      finalFocus={props.finalFocus}
      {...(isHelp ? {} : { initialFocus: input })}
    >
      <DialogBody>{isHelp ? <Help /> : <Commands {...props} input={input} />}</DialogBody>
    </Dialog>
  );
}

const KEYS: { keys: string[]; alternative?: string[]; action: ShortcutName }[] = [
  { keys: ["⌘", "K"], alternative: ["Ctrl", "K"], action: "commands" },
  { keys: ["/"], action: "search" },
  { keys: ["N"], action: "invite" },
  { keys: ["?"], action: "showHelp" },
];

type ShortcutName = "commands" | "search" | "invite" | "showHelp";

function Help() {
  const t = useTranslations();
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
                  {" / "}
                  <Keys keys={alternative} />
                </>
              ) : null}
            </dt>
            <dd>{t(`shell.shortcuts.${action}`)}</dd>
          </div>
        ))}
      </dl>
      <CheckField
        type="checkbox"
        label={t("shell.shortcuts.singleKeys")}
        hint={t("shell.shortcuts.singleKeysHint")}
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
  const t = useTranslations();
  const router = useRouter();
  const [query, setQuery] = useState("");
  const items = [
    ...(startInvitation ? [{ label: t("shell.shortcuts.invite"), run: startInvitation }] : []),
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
      onValueChange={setQuery}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.Input
        ref={input}
        className={fieldStyles.input}
        aria-label={t("shell.shortcuts.searchCommands")}
        placeholder={t("shell.shortcuts.searchPlaceholder")}
      />
      <Autocomplete.Empty>
        <p className={styles.empty}>{t("shell.shortcuts.noResults", { query })}</p>
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
