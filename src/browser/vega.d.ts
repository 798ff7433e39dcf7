// These parts of Vega come without types; as much as is used of each.
declare module "vega-dataflow" {
  export const transforms: object;
}
declare module "vega-encode";
declare module "vega-transforms";
declare module "vega-view-transforms";
declare module "vega-parser" {
  export const parse: (spec: object, config: undefined, options: { readonly ast: true }) => object;
}
declare module "vega-view" {
  export class View {
    constructor(runtime: object, options: object);
    toSVG(): Promise<string>;
    toCanvas(scale: number): Promise<HTMLCanvasElement>;
    finalize(): void;
  }
}
