/** Who may import whom in src/, for people and for dependency-cruiser.
 *
 * One row is one layer, lowest first. Each name is a folder, or a file directly in src/. It imports
 * names of lower rows only: neither a higher row nor its neighbours in the same row.
 */
const LAYERS = [
  ["wire", "memory", "arrival"],
  ["rules"],
  ["i18n"],
  ["design"],
  ["router"],
  ["net"],
  ["services"],
  ["ui"],
  ["words", "charts"],
  ["map"],
  ["arena"],
  ["pacts", "talk"],
  ["round"],
  ["score", "decide"],
  ["debrief", "replay", "table"],
  ["lobby", "home", "library"],
  ["lead", "learn"],
  ["seminar", "projector", "tournament"],
  ["screens"],
  ["App"],
  ["main"],
];

const inside = (rooms) => `^src/(${rooms.join("|")})[./]`;

const order = LAYERS.flatMap((layer, height) =>
  layer.map((room) => ({
    name: `${room}-imports-lower-layers-only`,
    severity: "error",
    from: { path: inside([room]) },
    to: {
      path: "^src/",
      pathNot: inside([room, ...LAYERS.slice(0, height).flat()]),
    },
  })),
);

const everywhere = inside(LAYERS.flat());

export default {
  forbidden: [
    ...order,
    {
      name: "every-folder-has-a-layer",
      severity: "error",
      from: { path: "^src/", pathNot: everywhere },
      to: {},
    },
    {
      name: "no-circle-of-folders",
      scope: "folder",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    { name: "no-circle-of-files", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
