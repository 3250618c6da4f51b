/** The English words about coming to an appointment: before, where, by video, in the calendar, in a course. */

import type { da } from "./visit.strings.da";

export const en: typeof da = {
  before: "Before you come",
  map: "Show on a map",
  video: "Video meeting",
  join: "Open the video meeting",
  opensAt: (day: string | null, time: string): string => `You can open the meeting ${day ?? "today"} from ${time}.`,
  videoOver: "The meeting is over.",
  videoNoTime: "The meeting has no time yet.",
  videoWhy: (host: string): string => `The meeting opens at ${host}, outside Nærblik.`,
  calendar: "Put in calendar",
  calendarWhy: "Others with whom you share your calendar can see it. If the appointment moves, put it in the calendar again.",
  course: "The whole course",
  courseNamed: (title: string): string => `The whole course: ${title}`,
  courseWhy: (n: number): string => `${n} appointments belong together, across hospital, doctor and municipality.`,
};
