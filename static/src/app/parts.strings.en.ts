/** The English words of the parts of the app, each kept beside its part. */

import { en as more } from "./more.strings.en";
import { en as log } from "../log/strings.en";
import { en as answer } from "../appointments/answer.strings.en";
import { en as visit } from "../appointments/visit.strings.en";
import { en as mark } from "../medication/mark.strings.en";
import { en as renewal } from "../medication/renewal.strings.en";
import { en as notes } from "../notes/strings.en";
import { en as delivery } from "../ui/delivery.strings.en";
import { worker } from "./worker.strings.en";

export const parts = { answer, delivery, log, more, notes, mark, renewal, visit, worker };
