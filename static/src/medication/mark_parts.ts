/** What doses are marked with: it comes right after the first start. */

import { retryUnreached } from "./mark_tries";

export { Toast } from "../ui/toast";
export { Marking } from "./mark_row";
export { Together } from "./mark_together";
export { OneAtATime } from "./one";
export { Takings } from "./takings";

addEventListener("online", retryUnreached);
