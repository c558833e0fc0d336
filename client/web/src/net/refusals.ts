/** Why the server refused what it was asked for. */
import { retryAfter } from "./headers.ts";

/** A no from the server, or none at all (`offline`). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** When the server wants to be asked again; null if it did not say. */
  readonly retryAfterMs: number | null;

  constructor(status: number, code: string, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A proxy before the server may answer something that is not JSON. */
export async function refusal(response: Response): Promise<ApiError> {
  const text = await response.text();
  const [code, message] = parse(text);
  return new ApiError(response.status, code, message, retryAfter(response.headers));
}

function parse(text: string): [code: string, message: string] {
  try {
    const { code, message } = JSON.parse(text) as { code: string; message: string };
    return [code, message];
  } catch {
    return ["http_error", text.slice(0, 200)];
  }
}
