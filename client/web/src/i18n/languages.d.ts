declare module "*.json?first" {
  const part: { words: Readonly<Record<string, import("./format.ts").Text>> };
  export default part;
}
