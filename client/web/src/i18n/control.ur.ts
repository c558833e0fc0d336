/** What is said of people who share a seat, of autopilots, injects and branches, in Urdu.
 *  delegation وفد · delegate مندوب · pen قلم · autopilot خودکار · inject خبر · branch شاخ */
import type { controlEn } from "./control.en.ts";
import type { Text } from "./format.ts";

export const controlUr = {
  "event.delegate_joined": "{name} {seat} کے وفد میں شامل ہوئے",
  "event.delegate_left": "{seat} کا ایک مندوب چلا گیا",
  "event.pen_passed": "{seat} کا قلم آگے دیا گیا",
  "event.person_removed": "ناظم نے ایک شخص کو نکالا",
  "event.autopilot_engaged": "{seat} خودکار ہو گیا",
  "event.autopilot_released": "{seat} خودکار سے واپس لیا گیا",
  "event.facilitator_acted": "{name} نے بطور ناظم عمل کیا",
  "event.inject_opened": "خبر: {title}",
  "event.inject_closed": "ایک خبر کا اثر ختم ہوا",
  "event.arena_changed": "{arena} میں تبدیلی آئی",
  "event.branched": "مقابلہ یہاں سے ایک شاخ میں جاری ہے",
  "event.match_superseded": "مقابلہ ایک شاخ میں جاری ہے",
  "spoken.delegate_joined": "{name} {seat} کے وفد میں شامل ہوئے۔",
  "spoken.pen_passed": "اب {seat} کا قلم {name} کے پاس ہے۔",
  "spoken.autopilot.absent": "{seat} موجود نہیں۔ واپسی تک ایک پروگرام اس کی جگہ کھیلے گا۔",
  "spoken.autopilot.facilitator": "ناظم نے {seat} کو خودکار پر رکھا۔",
  "spoken.autopilot.released": "{seat} پھر خود کھیل رہا ہے۔",
  "spoken.inject": "خبر: {title}۔ {text}",
  "spoken.inject.closed": "خبر {title} کا اثر اب نہیں رہا۔",
  "spoken.branched": "ناظم ایک پچھلے مرحلے پر واپس گئے۔ مقابلہ رکا ہوا ہے۔",
  "reason.no_pen": "اس نشست کا قلم کسی اور مندوب کے پاس ہے۔ ان سے مانگیں۔",
  "reason.on_autopilot": "یہ نشست خودکار ہے۔ پہلے اسے واپس لیں۔",
  "reason.no_such_person": "یہ شخص مقابلے میں نہیں ہے۔",
  "reason.inject_not_allowed": "یہ خبر میدانوں پر پوری نہیں بیٹھتی۔",
  "reason.superseded": "مقابلہ ایک شاخ میں جاری ہے۔ دوبارہ جوڑا جا رہا ہے۔",
  "deed.source.autopilot": "خودکار نے چنا",
  "deed.source.facilitator": "ناظم نے چنا",
} as const satisfies Record<keyof typeof controlEn, Text>;
