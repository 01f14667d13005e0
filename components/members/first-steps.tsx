import { Empty } from "@/components/ui/empty";

/** Nobody else is here yet (screens: setup): what to do next, and how a letter gets to its person. */
export function FirstSteps({ isMailed }: { isMailed: boolean }) {
  return (
    <Empty title="Nobody else is here yet">
      New Invitation takes one address or many, Upload Invitation List a spreadsheet&rsquo;s CSV.{" "}
      {isMailed
        ? "Everybody gets a letter, and the row says where it is."
        : "No email provider is set, so no letter leaves: copy the links and hand them over yourself, or have a provider set by whoever runs Foyer."}
    </Empty>
  );
}
