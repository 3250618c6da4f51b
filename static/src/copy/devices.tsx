/** The citizen's devices: which there are, when they were last seen, and the way to end one. */

import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { read, send, type Failure } from "../api/client";
import type { Device, Devices } from "../api/types";
import { copy, copyNow } from "../app/copied";
import { now, today } from "../app/now";
import { language } from "../app/preferences";
import { type Loaded, session } from "../app/record";
import { civilDate, dayText } from "../ui/dates";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Aside, Back, Blik, Chip } from "../ui/parts";
import { Failed, Loading } from "../ui/states";
import { whenText } from "./acts";
import { copyWords } from "./strings";

const devices = signal<Loaded<Device[]>>({ state: "loading" });

export function DevicesScreen(): JSX.Element {
  const words = copyWords.value;
  useEffect(() => void load(), []);
  const held = devices.value;
  if (held.state === "loading") return <Loading text={words.devices.loading} />;
  if (held.state === "failed") {
    return (
      <>
        <Back href="/mere">{words.back}</Back>
        <Failed title={words.devices.failed} page={words.devices.name} failure={held.failure} retry={() => void load()} />
      </>
    );
  }
  const active = held.value.filter((each) => each.state === "active");
  const ended = held.value.filter((each) => each.state === "ended" && !each.wiped);
  return (
    <>
      <Back href="/mere">{words.back}</Back>
      <Blik title={words.devices.title(active.length)} page={words.devices.name} lead={active.length > 0 ? words.devices.lead : undefined} />
      {[...active, ...ended].map((each) => (
        <DeviceCard device={each} key={each.id} />
      ))}
      {active.length > 0 && <Aside icon="telefon" title={words.devices.lostTitle} text={words.devices.lostWhy} />}
    </>
  );
}

function DeviceCard({ device }: { device: Device }): JSX.Element {
  const words = copyWords.value.devices;
  const isHere = device.here || copyNow()?.deviceId() === device.id;
  const isOver = device.locks_at !== null && new Date(device.locks_at) < now.value;
  const locks = device.locks_at !== null && dayOf(device.locks_at);
  return (
    <section class="card">
      <div class="row row--mid">
        <span class={`key ${isHere ? "" : "key--muted"}`}>
          <Icon name="telefon" />
        </span>
        <div class="grow">
          <h2>{device.name}</h2>
          <p class="small">
            {isHere ? `${words.this}. ${words.added(dayOf(device.enrolled_at))}` : words.seen(whenText(new Date(device.seen_at)))}
          </p>
        </div>
      </div>
      {device.state === "ended" ? (
        <>
          <Chip icon="senere" tone="note">
            {words.waits}
          </Chip>
          <p>{words.waitsWhy}</p>
        </>
      ) : (
        <>
          {isHere && (
            <Chip icon="tjek" tone="ok">
              {words.fresh}
            </Chip>
          )}
          {locks && <p>{isOver ? words.locked(locks) : words.locks(locks)}</p>}
          <End device={device} />
        </>
      )}
    </section>
  );
}

function End({ device }: { device: Device }): JSX.Element {
  const words = copyWords.value.devices;
  const [state, setState] = useState<"idle" | "asked" | "busy" | "failed">("idle");
  const end = async (): Promise<void> => {
    setState("busy");
    const failure = await endDevice(device.id);
    setState(failure === null ? "idle" : "failed");
    if (failure === null) await load();
  };
  return (
    <>
      {state === "failed" && (
        <div role="alert">
          <Aside icon="advarsel" title={words.notEnded} text="" tone="note" />
        </div>
      )}
      <button class="btn btn--stop btn--full" type="button" onClick={() => setState("asked")}>
        <Icon name="stop" />
        {words.end(device.name)}
      </button>
      {(state === "asked" || state === "busy") && (
        <Dialog
          question={words.endAsk(device.name)}
          yes={words.endYes}
          no={words.endNo}
          busy={state === "busy" ? words.ending : null}
          act={() => void end()}
          close={() => setState("idle")}
        >
          <p>{words.endWhy}</p>
        </Dialog>
      )}
    </>
  );
}

async function load(): Promise<void> {
  const answer = await read<Devices>("/devices");
  devices.value = answer.ok ? { state: "ready", value: answer.value.devices } : { state: "failed", failure: answer.failure };
}

/** Ends a device. Gives the failure, or null when it is ended. */
export async function endDevice(id: string): Promise<Failure | null> {
  const csrf = session.value.state === "ready" ? session.value.value.csrf : null;
  const answer = await send<undefined>(`/devices/${encodeURIComponent(id)}`, { method: "DELETE", csrf });
  if (!answer.ok) return answer.failure;
  // The one that was ended may be this one: it learns of it, and empties itself, at once.
  if (copy.value?.deviceId() === id) await copy.value.refresh();
  return null;
}

function dayOf(instant: string): string {
  return dayText(civilDate(new Date(instant)), language.value, today.value);
}
