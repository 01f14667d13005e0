import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

/** What can go wrong on command, for the next `times` calls that send something. */
export const faultShape = z.object({
  kind: z.enum(["refuse", "hang", "reset", "lose-answer", "garbage", "delay"]),
  times: z.number().int().positive().default(1),
  /** refuse: the status, the provider's name for it, and seconds to wait. */
  status: z.number().int().default(429),
  name: z.string().default("rate_limit_exceeded"),
  retryAfter: z.number().optional(),
  /** delay: how long until the answer. */
  milliseconds: z.number().default(0),
});

export type Fault = z.infer<typeof faultShape>;

/** Nothing is taken for so many minutes of the stand-in's clock. */
export const outageShape = z.object({ minutes: z.number().positive() });

/** Up to so many milliseconds before each call is taken, and after it until it is answered. */
export const latencyShape = z.object({ before: z.number().min(0), after: z.number().min(0) });

const AWAY: Omit<Fault, "kind"> = { times: 1, status: 503, name: "service_unavailable", milliseconds: 0 };

/** Faults in the order they were ordered, each for as many calls as was said, and the weather of all calls. */
export function faultQueue() {
  let queue: Fault[] = [];
  let awayUntil = 0;
  let latency = { before: 0, after: 0 };
  const wait = (most: number) => (most > 0 ? pause(Math.random() * most) : undefined);
  return {
    order: (fault: Fault) => void queue.push({ ...fault }),
    away: (until: number) => {
      awayUntil = until;
    },
    slow: (by: typeof latency) => {
      latency = by;
    },
    clear: () => {
      [queue, awayUntil, latency] = [[], 0, { before: 0, after: 0 }];
    },
    before: () => wait(latency.before),
    after: () => wait(latency.after),
    /** The fault of the call that begins now, if any. An outage refuses some calls and cuts the others off. */
    next(now: number): Fault | undefined {
      if (now < awayUntil) return { ...AWAY, kind: Math.random() < 0.5 ? "refuse" : "reset" };
      const fault = queue[0];
      if (fault && --fault.times === 0) queue.shift();
      return fault;
    },
  };
}
