/** How far a message has come, and what the receiver answered, word for word. */

import type { JSX } from "preact";
import type { Delivery } from "../api/types";
import { today } from "../app/now";
import { language, strings } from "../app/preferences";
import { civilDate, longDayText, timeText } from "./dates";
import type { IconName } from "./icon";
import { Chip, type Tone } from "./parts";

const LOOKS: Record<Delivery["status"], [IconName, Tone]> = {
  waiting: ["senere", "plain"],
  sent: ["frem", "plain"],
  received: ["tjek", "accent"],
  answered: ["tjek", "ok"],
  failed: ["advarsel", "bad"],
};

export function DeliveryLine({ delivery }: { delivery: Delivery }): JSX.Element {
  const words = strings.value.delivery;
  const [icon, tone] = delivery.outcome === "rejected" ? (["kryds", "note"] as const) : LOOKS[delivery.status];
  const at = new Date(delivery.at);
  const time = timeText(at, language.value);
  const when = civilDate(at) === today.value ? words.today(time) : words.on(longDayText(civilDate(at), language.value, today.value), time);
  return (
    <div class="stack" role="status">
      <div class="chips">
        <Chip icon={icon} tone={tone}>
          {delivery.outcome === "rejected" ? words.rejected : words[delivery.status]}
        </Chip>
      </div>
      {delivery.reply !== null && (
        <blockquote class="verbatim verbatim--small" lang="da">
          <p>{delivery.reply}</p>
        </blockquote>
      )}
      <p class="small">{`${words.why[delivery.status]} ${when}`}</p>
    </div>
  );
}
