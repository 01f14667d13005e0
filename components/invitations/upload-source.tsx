"use client";

import Download from "lucide-react/icons/download";
import Upload from "lucide-react/icons/upload";
import { type ClipboardEvent, type DragEvent, type SubmitEvent, useRef, useState } from "react";
import { TooManyRecords } from "@/components/invitations/too-many-records";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { saveFile } from "@/components/ui/save-file";
import { MOST_BYTES } from "@/lib/invitations/list-file/decode";
import { TEMPLATE } from "@/lib/invitations/list-file/download";
import { type List, MOST_RECORDS, readList } from "@/lib/invitations/list-file/records";
import { BAD_LIST_MESSAGES } from "@/lib/invitations/messages";
import { messageFor, refused } from "@/lib/result/result";

/** A list that can be looked through: as it came, as it was read, and what its downloads are called after. */
export type Chosen = { source: Uint8Array<ArrayBuffer> | string; list: List; name: string };

type Props = { onChosen: (chosen: Chosen) => void; onDirty: (dirty: boolean) => void };

/** Drop, choose or paste a list, or begin with the template (screens: Upload Invitation List). */
export function UploadSource({ onChosen, onDirty }: Props) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [long, setLong] = useState<Chosen | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const take = (source: Chosen["source"], name: string) => {
    const list = readList(source);
    setLong(null);
    if (!list.ok) return setError(messageFor(BAD_LIST_MESSAGES, list));
    setError(null);
    const chosen = { source, list: list.value, name };
    if (list.value.records.length > MOST_RECORDS) setLong(chosen);
    else onChosen(chosen);
  };
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    setLong(null);
    if (file.size > MOST_BYTES) return setError(messageFor(BAD_LIST_MESSAGES, refused("too-large")));
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes)
      return setError("This file cannot be read. Was it moved or is it open elsewhere? Choose it again.");
    take(new Uint8Array(bytes), file.name.replace(/\.[^.]*$/, "") || "list");
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void takeFile(file);
    else take(event.dataTransfer.getData("text/plain"), "list");
  };
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    const inField = event.target instanceof HTMLTextAreaElement;
    if (!file && inField) return;
    event.preventDefault();
    if (file) void takeFile(file);
    else take(event.clipboardData.getData("text/plain"), "list");
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim() === "") return setError("Choose a file, or paste a list.");
    take(text, "list");
  };
  return (
    <form
      className="dialog-form"
      onSubmit={submit}
      onPaste={paste}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      <DialogBody>
        <FormError>{error}</FormError>
        {long ? <TooManyRecords list={long.list} name={long.name} /> : null}
        <div className="upload-drop" data-over={over || undefined}>
          <p>Drop a CSV file here: up to {MOST_RECORDS} people, one in each line, in any columns.</p>
          <div className="upload-ways">
            <Button icon={<Upload size={16} aria-hidden />} onClick={() => input.current?.click()}>
              Choose file
            </Button>
            <Button
              variant="quiet"
              icon={<Download size={16} aria-hidden />}
              onClick={() => saveFile("invitation-list.csv", TEMPLATE)}
            >
              Download template
            </Button>
          </div>
          <input
            ref={input}
            hidden
            type="file"
            aria-label="Invitation list"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            onChange={(event) => {
              void takeFile(event.target.files?.[0]);
              // The same file can be chosen again once it was mended.
              event.target.value = "";
            }}
          />
        </div>
        <Field
          label="Or paste a list"
          hint="As copied from a spreadsheet or a letter, one person in each line."
        >
          {(wiring) => (
            <textarea
              {...wiring}
              className="input"
              rows={4}
              value={text}
              spellCheck={false}
              onChange={(event) => {
                setText(event.target.value);
                onDirty(event.target.value.trim() !== "");
              }}
            />
          )}
        </Field>
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <Button variant="primary" type="submit">
          Show preview
        </Button>
      </DialogActions>
    </form>
  );
}
