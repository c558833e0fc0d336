/** What the connection needs of the world; handed in, so that tests can be the world. */

export interface Line {
  send(text: string): void;
  close(code: number): void;
}

export interface LineEvents {
  opened(): void;
  received(text: string): void;
  closed(code: number, reason: string): void;
}

export interface Ports {
  /** Open a line to the server. */
  connect(events: LineEvents): Line;
  /** A clock that never jumps, in ms. */
  now(): number;
  /** Call back once after some ms; gives a function that calls it off. */
  after(ms: number, call: () => void): () => void;
  random(): number;
  newId(): string;
  isOnline(): boolean;
  /** Whether the server answers over plain HTTP. */
  answers(): Promise<boolean>;
}

/** The browser itself. */
export function browserPorts(address: URL): Ports {
  return {
    connect: (events) => openSocket(address, events),
    now: () => performance.now(),
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    newId: () => newId(crypto),
    isOnline: () => navigator.onLine,
    answers: () => answersAt(new URL("api/health/live", document.baseURI)),
  };
}

/** Where the live socket is, seen from the page; by its room, balancers find one server for all. */
export function liveAddress(
  page: string,
  room: string,
  path: "api/live" | "api/seminars/live" = "api/live",
): URL {
  const address = new URL(`${path}?${new URLSearchParams({ room })}`, page);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address;
}

async function answersAt(health: URL): Promise<boolean> {
  try {
    return (await fetch(health, { cache: "no-store" })).ok;
  } catch {
    return false; // no network, or no server
  }
}

/** `crypto.randomUUID` is missing on plain-http pages, which a classroom's laptop serves. */
function newId(source: Crypto): string {
  const bytes = source.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function openSocket(address: URL, events: LineEvents): Line {
  const socket = new WebSocket(address);
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => events.received(String(data));
  socket.onclose = ({ code, reason }) => events.closed(code, reason);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code) => socket.close(code),
  };
}
