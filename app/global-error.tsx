"use client";

import "@/app/globals.css";
import ErrorPage from "@/app/error";

/** The error page for errors in the root layout. The framework's own page would be blank under our CSP. */
export default function GlobalError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
