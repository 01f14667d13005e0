import { z } from "zod";

/** What can go wrong on command, for the next `times` calls that send something. */
export const faultShape = z.object({
  kind: z.enum(["refuse", "hang", "reset", "lose-answer", "delay"]),
  times: z.number().int().positive().default(1),
  /** refuse: the status, the provider's name for it, and seconds to wait. */
  status: z.number().int().default(429),
  name: z.string().default("rate_limit_exceeded"),
  retryAfter: z.number().optional(),
  /** delay: how long until the answer. */
  milliseconds: z.number().default(0),
});

export type Fault = z.infer<typeof faultShape>;

/** Faults in the order they were ordered, each for as many calls as was said. */
export function faultQueue() {
  let queue: Fault[] = [];
  return {
    order: (fault: Fault) => void queue.push({ ...fault }),
    clear: () => {
      queue = [];
    },
    /** The fault of the call that begins now, if any. */
    next(): Fault | undefined {
      const fault = queue[0];
      if (fault && --fault.times === 0) queue.shift();
      return fault;
    },
  };
}
