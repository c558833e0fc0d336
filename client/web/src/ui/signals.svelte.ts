/** What a device may do beside showing: a short vibration at a phase, a tick at the end of the time. */
import { memory } from "../memory.svelte.ts";

const VIBRATION = "detente.vibration";
const TICK = "detente.tick";
const BUZZ_MS = 60;
const TICK_S = 0.04;
const TICK_HZ = 1_100;
const TICK_VOLUME = 0.2;

let vibrates = $state(memory.text(VIBRATION) !== "off");
let ticks = $state(memory.text(TICK) === "on");
let sound: AudioContext | null = null;

/** On until somebody turns it off, and never where less motion is wanted. */
export const vibration = {
  /** Whether this is a device that could. */
  get isHere(): boolean {
    return "vibrate" in navigator && matchMedia("(pointer: coarse)").matches;
  },
  get isOn(): boolean {
    return vibrates;
  },
  turn(): void {
    vibrates = !vibrates;
    memory.keep(VIBRATION, vibrates ? null : "off");
    vibration.give();
  },
  /** Vibrate once, if it is on. */
  give(): void {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (vibrates && vibration.isHere && !isStill) navigator.vibrate(BUZZ_MS);
  },
};

/** Off until somebody turns it on: a browser makes no sound before it was touched. */
export const tick = {
  get isHere(): boolean {
    return "AudioContext" in globalThis;
  },
  get isOn(): boolean {
    return ticks;
  },
  turn(): void {
    ticks = !ticks;
    memory.keep(TICK, ticks ? "on" : null);
    tick.give();
  },
  /** Tick once, if it is on; a page that was not touched yet stays silent, and ticks later. */
  give(): void {
    if (!ticks || !tick.isHere) return;
    sound ??= new AudioContext();
    if (sound.state === "suspended") void sound.resume();
    else click(sound);
  },
};

function click(context: AudioContext): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = TICK_HZ;
  volume.gain.value = TICK_VOLUME;
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + TICK_S);
}
