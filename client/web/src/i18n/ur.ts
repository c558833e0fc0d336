/** What the interface says, in Urdu.
 *
 * Words used throughout, here and in the other parts:
 * match مقابلہ · round دور · phase مرحلہ · seat نشست · facilitator ناظم · player کھلاڑی · observer مبصر ·
 * bot بوٹ · scenario منظرنامہ · arena میدان · cooperate تعاون کرنا · defect انحراف کرنا · order فیصلہ ·
 * points پوائنٹ · lobby انتظار گاہ · reveal انکشاف · replay بازنمائی · record ریکارڈ · ready تیار
 */
import { controlUr } from "./control.ur.ts";
import type { pagesEn } from "./en.ts";
import type { Text } from "./format.ts";
import { namesUr } from "./names.ur.ts";
import { leadingUr } from "./leading.ur.ts";
import { seminarUr } from "./seminar.ur.ts";
import { stageUr } from "./stage.ur.ts";
import { spokenUr } from "./spoken.ur.ts";
import { tableUr } from "./table.ur.ts";
import { tournamentUr } from "./tournament.ur.ts";

export const pagesUr = {
  "app.name": "دیتانت",
  "app.tagline":
    "ایشیا کے کسی ملک کی نشست سنبھالیے۔ بات کیجیے، متفق ہوں یا نہ ہوں، خفیہ فیصلہ کیجیے، اور دیکھیے کہ سب کو کیا ملتا ہے۔",
  "app.skip": "براہِ راست مواد پر جائیں",
  "app.settings": "زبان، رنگ اور مدد",
  "app.light": "روشن رنگ",
  "app.dark": "تاریک رنگ",
  "app.close": "بند کریں",
  "app.home": "ابتدائی صفحے پر",
  "app.again": "پھر کوشش کریں",
  sending: "بھیجا جا رہا ہے…",
  refused: "نہیں ہوا: {reason}",
  "round.of.phase": "دور {round} از {rounds} · {phase}",

  "role.player": "کھلاڑی",
  "role.facilitator": "ناظم",
  "role.observer": "مبصر",

  "home.join.title": "مقابلے میں شامل ہوں",
  "home.join.code": "کوڈ",
  "home.join.hint": "یہ ناظم کی اسکرین پر ہے، اسکین کیے جانے والے مربع کے ساتھ۔",
  "home.join.go": "شامل ہوں",
  "home.watch.go": "صرف دیکھیں",
  "home.yours.title": "آپ کے مقابلے",
  "home.yours.resume": "جاری رکھیں",
  "home.yours.replay": "بازنمائی",
  "home.yours.gone": "اب اس سرور پر نہیں",
  "home.yours.forget": "بھول جائیں",
  "home.yours.over": "دور {round} کے بعد ختم",
  "home.scenarios.title": "منظرنامے",
  "home.scenarios.about": "ایشیا کے ممالک، اتحاد اور فورم، ماخذ کے ساتھ اعداد و شمار سمیت۔",
  "home.games.title": "سادہ کھیل",
  "home.games.about": "دو نشستیں اور ایک مخمصہ: نظریے کی صورتیں، کھیل کر سمجھنے کے لیے۔",
  "home.set_up": "ترتیب دیں",
  "home.set_up.what": "مقابلہ ترتیب دیں: {title}",
  "home.guest":
    "مقابلہ ترتیب دینے کے لیے ناظم کا وہ لنک کھولیں جو سرور نے شروع ہوتے وقت دکھایا تھا۔",

  "tile.seats": { one: "{count} نشست", other: "{count} نشستیں" },
  "tile.rounds": { one: "{count} دور", other: "{count} دور" },
  "tile.minutes": { one: "تقریباً {count} منٹ", other: "تقریباً {count} منٹ" },

  "create.pace": "رفتار کیا ہو؟",
  "create.pace.half": "آدھا وقت",
  "create.pace.written": "جیسا منظرنامے میں ہے",
  "create.pace.double": "دگنا وقت",
  "create.pace.none": "گھڑی کے بغیر",
  "create.pace.none.about": "مرحلہ تب ختم ہوتا ہے جب سب تیار ہوں، یا جب آپ اسے ختم کریں",
  "create.go": "انتظار گاہ کھولیں",

  "past.title": "اس سرور کے مقابلے",
  "past.scenario": "منظرنامہ",
  "past.code": "کوڈ",
  "past.standing": "کہاں پہنچا",
  "past.seats": "بھری نشستیں",
  "past.begun": "آغاز",
  "past.actions": "وہاں جائیں",
  "past.lead": "یہاں سے چلائیں",
  "past.record": "ریکارڈ",

  "host.opening": "ناظم کے صفحات کھل رہے ہیں…",
  "host.failed": "یہ لنک ناظم کے صفحات نہیں کھولتا",
  "host.bar": "مقابلے کی نظامت",
  "host.waiting": { one: "انتظار ہے: {names}", other: "انتظار ہے: {names}" },
  "host.nobody": "کسی کا انتظار نہیں",
  "host.pause": "روکیں",
  "host.resume": "جاری کریں",
  "host.skip": "یہ مرحلہ ختم کریں",
  "host.extend": "مزید {count} سیکنڈ دیں",
  "host.plus": "{more} سیکنڈ",
  "host.talk": "سب کو بتائیں",
  "host.talk.title": "سب کو بتائیں",
  "host.talk.label": "جو میز پر سب پڑھیں گے",
  "host.talk.send": "بھیجیں",
  "host.end": "مقابلہ ختم کریں",
  "host.end.title": "مقابلہ ابھی ختم کریں؟",
  "host.end.about": "کھلا ہوا دور شمار نہیں ہوگا۔ «واپس» سے اختتام واپس لیا جا سکتا ہے۔",
  "host.end.yes": "ختم کریں",
  "host.end.no": "کھیل جاری رکھیں",

  "join.title": "میز پر آئیے",
  "join.code": "کوڈ",
  "join.name": "آپ کا نام",
  "join.hint": "میز پر سب اسے دیکھیں گے۔ کسی اکاؤنٹ کی ضرورت نہیں۔",
  "join.open": "مقابلہ ختم ہونے پر سب کچھ سب کے لیے کھل جاتا ہے: ہر فیصلہ، اور نجی گفتگو بھی۔",
  "join.go": "اندر آئیں",

  "watch.opening": "مقابلہ کھل رہا ہے…",
  "watch.failed": "یہ مقابلہ نہیں دیکھا جا سکتا",
  "match.opening": "مقابلہ کھل رہا ہے…",

  "invite.title": "دعوت دیں",
  "invite.how": "مربع اسکین کریں، یا اس پتے پر جا کر کوڈ لکھیں۔",
  "invite.qr": "شامل ہونے کے لنک کا کیو آر کوڈ",
  "invite.copy": "لنک نقل کریں",
  "invite.copied": "لنک نقل ہو گیا",
  "invite.local":
    "یہ صفحہ ایسے پتے سے کھلا ہے جو صرف اسی کمپیوٹر پر چلتا ہے۔ دوسرے آلات کے لیے اسے نیٹ ورک کے اس پتے سے کھولیں جو سرور نے دکھایا۔",

  "lobby.seats": "نشستیں",
  "lobby.seats.free": { one: "{count} خالی", other: "{count} خالی" },
  "lobby.seats.full": "سب بھری ہوئی",
  "lobby.start": "مقابلہ شروع کریں",
  "lobby.unfilled": {
    one: "ایک نشست خالی ہے۔ یوں شروع ہوا تو اس پر منظرنامے کا وہ قاعدہ چلے گا جو فیصلہ نہ ہونے پر ہے۔",
    other:
      "{count} نشستیں خالی ہیں۔ یوں شروع ہوا تو ان پر منظرنامے کا وہ قاعدہ چلے گا جو فیصلہ نہ ہونے پر ہے۔",
  },
  "lobby.watching": { one: "ایک اور دیکھ رہا ہے۔", other: "{count} اور دیکھ رہے ہیں۔" },
  "lobby.wait": "آپ کی نشست طے ہے۔ ناظم مقابلہ شروع کرے گا۔",
  "lobby.choose": "نشست چنیں۔ بوٹ کی نشست بھی آپ کی ہو سکتی ہے۔",
  "lobby.watch": "آپ دیکھ رہے ہیں۔ ناظم مقابلہ شروع کرے گا۔",

  "seat.free": "خالی",
  "seat.you": "آپ",
  "seat.away": "موجود نہیں",
  "seat.bot": "بوٹ",
  "seat.bot.named": "بوٹ: {strategy}",
  "seat.about": "اس نشست کے بارے میں",
  "seat.player": "کھلاڑی {number}",
  "seat.take": "یہاں بیٹھیں",
  "seat.take.what": "یہاں بیٹھیں: {country}",
  "seat.share": "ان کے ساتھ بیٹھیں",
  "seat.share.what": "{country} کے وفد میں شامل ہوں",
  "seat.leave": "اٹھ جائیں",
  "seat.leave.what": "{country} کی نشست چھوڑیں",
  "seat.bot.what": "{country} پر بوٹ بٹھائیں",
  "seat.clear.what": "{country} کی نشست خالی کریں",

  "bots.pick": "بوٹ کیسے کھیلیں",
  "bots.mix": "کلاسیکی حکمتِ عملیوں کا آمیزہ",
  "bots.mix.about": "ہر بوٹ کی الگ حکمتِ عملی؛ آپ کے سوا کوئی نہیں جانتا کون سی۔",
  "bots.classics": "کلاسیکی",
  "bots.doctrines": "نظریات",
  "bots.doctrineMix": "نظریات کا آمیزہ",
  "bots.doctrineMix.about":
    "ہر بوٹ ریاستی تدبیر کا الگ مکتب؛ وہ معاہدے تجویز کرتے، نبھاتے یا توڑتے ہیں۔",
  "bots.fill": {
    one: "خالی نشست پر بوٹ بٹھائیں",
    other: "تمام {count} خالی نشستوں پر بوٹ بٹھائیں",
  },

  "briefing.title": "صورتِ حال",
  "briefing.you": "آپ ہیں",
  "briefing.arenas": "میدان",
  "briefing.in": "آپ رکن ہیں",
  "briefing.out": "آپ رکن نہیں",

  "late.about": "مقابلہ جاری ہے۔ آپ اب بھی خالی نشست یا بوٹ کی نشست لے سکتے ہیں۔",
  "late.choose": "نشست چنیں",

  "lost.page": "یہاں کچھ نہیں ہے",
  "lost.page.about": "شاید پتہ نامکمل ہے۔",
  "lost.match": "اس مقابلے کی کنجی نہیں",
  "lost.match.about":
    "اس براؤزر کی اس مقابلے میں کوئی نشست نہیں۔ کوڈ سے شامل ہوں؛ جس آلے پر آپ پہلے تھے وہاں آپ کی نشست اب بھی آپ کی ہے۔",

  "connection.connecting": "رابطہ ہو رہا ہے…",
  "connection.reconnecting": "دوبارہ رابطہ ہو رہا ہے…",
  "connection.offline": "نیٹ ورک نہیں۔",
  "connection.back": "رابطہ بحال ہو گیا۔",
  "connection.now": "ابھی کوشش کریں",
  "connection.reload": "صفحہ دوبارہ کھولیں",
  "connection.runs": "مقابلہ سرور پر جاری ہے، اور جو طے ہو چکا وہ محفوظ ہے۔",
  "connection.runs.clock": "مرحلہ {time} میں ختم ہوگا۔ جو طے ہو چکا وہ محفوظ ہے۔",
  "connection.runs.kept": "دور {time} میں ختم ہوگا؛ آپ کا انتخاب محفوظ ہے۔",
  "connection.ended.sign_in": "اس مقابلے کی آپ کی کنجی اب درست نہیں۔ کوڈ سے دوبارہ شامل ہوں۔",
  "connection.ended.not_yours": "آپ کی کنجی کسی اور مقابلے کی ہے۔",
  "connection.ended.replaced": "آپ نئی کھڑکی میں چلے گئے؛ یہ رک گئی ہے۔",
  "connection.ended.old": "سرور اس صفحے سے نیا ہے۔ جاری رکھنے کے لیے اسے دوبارہ کھولیں۔",

  "reason.unknown": "سرور نے وجہ نہیں بتائی",
  "reason.offline": "سرور تک رسائی نہیں؛ نیٹ ورک دیکھیں",
  "reason.not_sent": "یہ بھیجا نہیں جا سکا",
  "reason.not_yours": "یہ کسی اور کردار یا نشست کے لیے ہے",
  "reason.not_now": "یہ مرحلہ اس کی اجازت نہیں دیتا",
  "reason.match_paused": "مقابلہ رکا ہوا ہے",
  "reason.too_late": "وقت ختم ہو گیا؛ جو پہلے محفوظ ہوا وہی شمار ہوگا",
  "reason.wrong_round": "وہ دور کھلا نہیں",
  "reason.seat_unavailable": "وہ نشست نہیں لی جا سکتی؛ کوئی اور چنیں",
  "reason.arena_not_yours": "آپ اس میدان کے رکن نہیں",
  "reason.talk_not_allowed": "منظرنامہ اس پیغام کی اجازت نہیں دیتا",
  "reason.unknown_strategy": "اس نام کا کوئی بوٹ نہیں",
  "reason.internal_error": "سرور پر کوئی خرابی ہوئی",
  "reason.no_such_code": "اس کوڈ کا کوئی مقابلہ نہیں؛ ناظم سے پوچھیں",
  "reason.no_such_match": "ایسا کوئی مقابلہ نہیں؛ لنک دیکھیں",
  "reason.no_such_scenario": "ایسا کوئی منظرنامہ نہیں",
  "reason.wrong_secret": "یہ لنک اب درست نہیں؛ وہ کھولیں جو آخری بار شروع ہوتے وقت دکھایا گیا",
  "reason.host_only": "اس کے لیے ناظم کا لنک چاہیے",
  "reason.no_such_seat": "یہاں ایسی کوئی نشست نہیں",
  "reason.no_such_view": "مقابلے کا ایسا کوئی منظر نہیں",
  "reason.still_playing": "روداد مقابلہ ختم ہونے پر کھلتی ہے",
  "reason.too_many_tries": "یہاں سے بہت سے غلط کوڈ آئے؛ ایک منٹ رکیں",
  "reason.too_many_joins": "یہاں سے ایک ساتھ بہت سے لوگ آئے؛ چند سیکنڈ رکیں",
  "reason.invalid_request": "سرور اسے سمجھ نہ سکا",
  "reason.http_error": "سرور نے ٹھیک جواب نہیں دیا",

  "keys.title": "کلیدیں",
  "keys.everywhere": "ہر جگہ",
  "keys.help": "یہ فہرست",
  "keys.tab": "اگلے بٹن پر",
  "keys.escape": "کھلا ہوا بند کریں",
  "keys.play": "میز پر",
  "keys.arena": "میدان چنیں",
  "keys.cooperate": "اس میں تعاون",
  "keys.defect": "اس میں انحراف",
  "keys.ready": "تیار",
  "keys.talk": "پیغام لکھیں",
  "keys.replay": "بازنمائی میں",
  "keys.round": "ایک دور پیچھے یا آگے",
  "keys.event": "ایک واقعہ پیچھے یا آگے",
  "keys.ends": "شروع یا آخر پر",
  "keys.run": "چلائیں یا روکیں",
  "keys.speed": "آہستہ یا تیز",
  "keys.view": "دوسری نشست سے دیکھیں",
} as const satisfies Record<keyof typeof pagesEn, Text>;

export const ur = {
  ...pagesUr,
  ...namesUr,
  ...stageUr,
  ...tableUr,
  ...spokenUr,
  ...tournamentUr,
  ...controlUr,
  ...seminarUr,
  ...leadingUr,
};
