"""The style of a debrief: ink on paper, and black on white in print.

A match is printed on two pages, and then its pledge audit: the other evidence is for a screen.
"""

STYLE = """
:root { --paper: #f4efe3; --ink: #17242c; --soft: #47555e; --line: #c9c0aa; --mark: #1f5f68;
  --lit: #f6dd9c; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f171c; --ink: #eee8da; --soft: #bcc4c5;
  --line: #3a464d; --mark: #8fd0d6; --lit: #5a4a1c; } svg { background: #f4efe3; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 Georgia, "Times New Roman", serif; }
:lang(ur) body, html[lang="ur"] body { font-family: "Noto Nastaliq Urdu", "Jameel Noori Nastaleeq",
  "Urdu Typesetting", serif; line-height: 2.1; }
main { max-inline-size: 60rem; margin-inline: auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 1.4rem 0 .3rem;
  border-block-end: 1px solid var(--line); } h3 { font-size: 1rem; margin: 1rem 0 .2rem; }
p { margin: .2rem 0; } .soft { color: var(--soft); }
ul, ol { margin: .2rem 0; padding-inline-start: 1.3rem; } .people { columns: 2; }
.remark a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
.remark a:hover, .remark a:focus-visible { color: var(--mark);
  text-decoration-color: currentColor; }
.mark { font-size: .8em; padding: 0 .2em; } .back { font-size: .9em; }
td.back { min-inline-size: 9rem; }
.remark:target { background: var(--lit); }
a { color: var(--mark); }
.plans { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
figure { margin: .6rem 0; break-inside: avoid; } figcaption { font-weight: bold; }
svg { inline-size: 100%; max-inline-size: 44rem; block-size: auto; font: 11px sans-serif; }
svg text { fill: currentColor; } svg > text { fill: #17242c; } svg g text { fill: inherit; }
.grid { stroke: #c9c0aa; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; inline-size: 100%; }
th, td { text-align: start; padding: .15rem .4rem; border-block-end: 1px solid var(--line);
  vertical-align: top; } td.number { font-variant-numeric: tabular-nums; }
.downwards th { font-weight: normal; inline-size: 16rem; }
tr:target, tbody:target { background: var(--lit); outline: 2px solid var(--mark); }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --mark: #000; }
  @page { size: A4; margin: 12mm 14mm; }
  body { font-size: 9pt; line-height: 1.25; }
  html[lang="ur"] body { font-size: 8.5pt; line-height: 1.6; }
  main { padding: 0; max-inline-size: none; } h1 { font-size: 15pt; }
  h2 { font-size: 11pt; margin: .5rem 0 .1rem; }
  .remark a, a { text-decoration: none; color: #000; } .mark, .back { display: none; }
  h2, h3 { break-after: avoid; } #exhibits { break-before: page; }
  .plans { grid-template-columns: repeat(3, 1fr); gap: 0 1rem; font-size: .9em; }
  #plans ~ #charts svg { max-inline-size: 24rem; }
  #plans ~ #charts :is(h2, figure ~ figure), #plans ~ #exhibits > h2,
  #plans ~ #exhibits > :not(#exhibit-audit) { display: none; }
  table { font-size: 7.5pt; } tr { break-inside: avoid; } .wide { overflow: visible; }
}
"""
