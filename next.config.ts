import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactCompiler: true,
  // The check has its own step for types: whoever starts Foyer need not wait for them.
  typescript: { ignoreBuildErrors: true },
  // Libraries that load native code or workers of their own stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-boss", "pino"],
  // No page has pictures to fit, and whoever asks for some would have them computed.
  images: { unoptimized: true },
  // A list of 10 MB and what goes with it; lib/http/front.ts refuses more before anything is read.
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: "12mb" } },
};

export default config;
