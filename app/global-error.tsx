"use client";

import "@/app/globals.css";
import Broken from "@/app/error";

/** The same page when even the frame around it broke; the framework's own would be blank under our CSP. */
export default function BrokenFrame(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <Broken {...props} />
      </body>
    </html>
  );
}
