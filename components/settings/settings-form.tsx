"use client";

import { type SubmitEvent, useState, useTransition } from "react";
import { DefaultsFields, DomainsFields, InvitationFields, LetterFields } from "@/components/settings/fields";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toast";
import { changeSettings } from "@/lib/settings/actions";
import { type Draft, draftOf, inputOf } from "@/lib/settings/draft";
import type { Settings } from "@/lib/settings/queries";

type Props = { organization: string; settings: Settings };

type Problem = { message: string | null; fields: Readonly<Record<string, string>> };
const NONE: Problem = { message: null, fields: {} };

/** Everything that can be set (REQ-G1), saved together. What was saved is shown from the answer, at once. */
export function SettingsForm({ organization, settings }: Props) {
  const [read, setRead] = useState({ from: settings, saved: settings });
  const [draft, setDraft] = useState<Draft>(() => draftOf(settings));
  if (read.from !== settings) setRead({ from: settings, saved: settings });
  const { saved } = read;
  const [problem, setProblem] = useState(NONE);
  const [pending, start] = useTransition();
  const toast = useToast();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(saved));
  const set = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isChanged) return;
    start(async () => {
      const sent = { organization, version: saved.version, ...inputOf(draft) };
      const result = await changeSettings(sent).catch(() => null);
      if (!result) return setProblem({ ...NONE, message: UNREACHED });
      if (!result.ok) return setProblem({ message: result.message, fields: result.fields ?? {} });
      setProblem(NONE);
      setRead({ from: settings, saved: result.value });
      setDraft(draftOf(result.value));
      toast({ title: "Settings saved", tone: "ok" });
    });
  };
  const fields = { draft, set, errors: problem.fields };
  return (
    <form className="panel settings" onSubmit={save} aria-label="Settings" noValidate>
      <FormError>{problem.message}</FormError>
      <fieldset>
        <legend>Login page</legend>
        <CheckField
          label="New user invitations"
          hint="Visitors of the login page can request an invitation. You answer them under Users."
          checked={draft.newUserInvitations}
          onChange={(event) => set({ newUserInvitations: event.target.checked })}
        />
      </fieldset>
      <InvitationFields {...fields} />
      <DefaultsFields {...fields} settings={saved} />
      <DomainsFields {...fields} />
      <LetterFields {...fields} />
      <div className="form-actions">
        <SubmitButton pending={pending} disabledReason={isChanged ? undefined : "Nothing is changed yet"}>
          Save settings
        </SubmitButton>
        {isChanged ? (
          <Button
            onClick={() => {
              setDraft(draftOf(saved));
              setProblem(NONE);
            }}
          >
            Discard
          </Button>
        ) : null}
      </div>
    </form>
  );
}

const UNREACHED = "The server could not be reached. Nothing was changed; try again.";
