/** The next appointment, as I dag shows it. */

import type { JSX } from "preact";
import { now } from "../app/now";
import { strings } from "../app/preferences";
import { appointments, loadAppointments } from "../app/record";
import { FailedCard } from "../ui/states";
import { Appointments } from "./list";
import { nextOf } from "./rules";

export function NextAppointment(): JSX.Element {
  const words = strings.value;
  const held = appointments.value;
  if (held.state === "failed") {
    return (
      <FailedCard title={words.failed.appointments} isTitleSeen failure={held.failure} retry={() => void loadAppointments()} />
    );
  }
  const next = held.state === "ready" ? nextOf(held.value, now.value) : null;
  return (
    <section>
      <h2>{words.day.nextAppointment}</h2>
      {held.state === "loading" && <p class="lead">{words.loading.appointments}</p>}
      {held.state === "ready" && next === null && <p class="lead">{words.day.noAppointment}</p>}
      {next && <Appointments appointments={[next]} isMuted={false} />}
    </section>
  );
}
