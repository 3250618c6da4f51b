/** The stable code of a problem that the server answered with (RFC 9457). */
export async function codeOf(response: Response): Promise<string> {
  try {
    const problem: unknown = await response.json();
    if (typeof problem === "object" && problem !== null && "code" in problem) return String(problem.code);
  } catch {
    // Something between us and the server answered; the status alone has to do.
  }
  return "http_error";
}
