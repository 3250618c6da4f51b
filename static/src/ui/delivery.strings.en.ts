/** The English words about a message on its way. */

import type { da } from "./delivery.strings.da";

export const en: typeof da = {
  waiting: "Being sent",
  sent: "Sent",
  received: "Received",
  answered: "Answered",
  rejected: "Declined",
  failed: "Could not be sent",
  why: {
    waiting: "We keep trying. You can safely close the app.",
    sent: "We are waiting for them to confirm.",
    received: "They have it, but have not answered yet.",
    answered: "They have answered.",
    failed: "They did not get it. Call them, or try again.",
  },
  today: (time: string): string => `Today at ${time}.`,
  on: (day: string, time: string): string => `${day[0]?.toUpperCase() ?? ""}${day.slice(1)} at ${time}.`,
};
