declare module "virtual:asia-map" {
  const map: import("../../map-plugin.ts").AsiaMap;
  export default map;
}
