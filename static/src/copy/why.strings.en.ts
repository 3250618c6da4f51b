/** English words for why what was done on this phone was refused, by code, or by kind of act and code. */

export const why: Record<string, string> = {
  stale: "What you answered has changed since. Look at it again and answer anew.",
  not_allowed: "You no longer have access to it.",
  not_found: "What it was about is no longer here.",
  conflict: "It cannot be done any more. Call the place if it is urgent.",
  "dose:mark/conflict": "That dose cannot be marked. It changes nothing about what you took. Ask the doctor or the pharmacy if in doubt.",
  "dose:mark/not_found": "The medicine is no longer on your card. It changes nothing about what you took. Ask the doctor or the pharmacy if in doubt.",
  "renewal:ask/conflict": "A new prescription cannot be wished for here now. Call the doctor if you will soon be out of medicine.",
  fresh_login_needed: "It needs you to have just logged in. Log in and do it again.",
  too_old: "It lay here too long before it was sent. Do it again if it still holds.",
  device_ended: "The phone was ended before it was sent.",
  payload_changed: "It was sent before with other content. Look at what stands now.",
};
