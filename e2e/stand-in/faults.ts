import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

/** A fault that applies to the next `times` send requests. */
export const faultSchema = z.object({
  kind: z.enum(["refuse", "hang", "reset", "lose-response", "garbage", "delay"]),
  times: z.number().int().positive().default(1),
  /** For `refuse`: the HTTP status, the API's error name, and `retry-after` in seconds. */
  status: z.number().int().default(429),
  name: z.string().default("rate_limit_exceeded"),
  retryAfter: z.number().optional(),
  /** For `delay`: milliseconds until the request is handled. */
  milliseconds: z.number().default(0),
});

export type ProviderFault = z.infer<typeof faultSchema>;

/** An outage: every request fails for this many minutes of the stand-in's clock. */
export const outageSchema = z.object({ minutes: z.number().positive() });

/** Upper bounds in milliseconds of the random delays before a request is handled and before its response. */
export const latencySchema = z.object({ before: z.number().min(0), after: z.number().min(0) });

const UNAVAILABLE: Omit<ProviderFault, "kind"> = {
  times: 1,
  status: 503,
  name: "service_unavailable",
  milliseconds: 0,
};

/** Creates the queue of faults, which apply in the order they were added, with the outage and latency of all requests. */
export function createFaultQueue() {
  let queue: ProviderFault[] = [];
  let outageEnd = 0;
  let latency = { before: 0, after: 0 };
  const waitUpTo = (max: number) => (max > 0 ? pause(Math.random() * max) : undefined);
  return {
    add: (fault: ProviderFault) => void queue.push({ ...fault }),
    setOutageEnd: (time: number) => {
      outageEnd = time;
    },
    setLatency: (value: typeof latency) => {
      latency = value;
    },
    clear: () => {
      [queue, outageEnd, latency] = [[], 0, { before: 0, after: 0 }];
    },
    delayBefore: () => waitUpTo(latency.before),
    delayAfter: () => waitUpTo(latency.after),
    /** Returns the fault of the request that starts now, if any. In an outage it is an error or a closed connection. */
    next(now: number): ProviderFault | undefined {
      if (now < outageEnd) return { ...UNAVAILABLE, kind: Math.random() < 0.5 ? "refuse" : "reset" };
      const fault = queue[0];
      if (fault && --fault.times === 0) queue.shift();
      return fault;
    },
  };
}
