// Draws pictures away from the page, so that reading, scrolling and typing never wait for them:
// the worker of charts.js. It is asked for a picture and answers with the image.
import "../vendor/echarts-6.1.0/echarts.simple.min.js";
import { PICTURES } from "./pictures.js";

/**
 * What we use of the library.
 *
 * @typedef {object} ECharts
 * @property {(api: {createCanvas: () => OffscreenCanvas}) => void} setPlatformAPI
 * @property {(canvas: OffscreenCanvas, theme: null, size: object) => Chart} init
 * @typedef {{setOption(option: object): void, dispose(): void}} Chart
 */
const { echarts } = /** @type {{echarts: ECharts}} */ (/** @type {unknown} */ (globalThis));

// ECharts measures words on a canvas of its own; there is no document here to make one.
echarts.setPlatformAPI({ createCanvas: () => new OffscreenCanvas(1, 1) });

addEventListener("message", (/** @type {MessageEvent<import("./charts.js").Order>} */ { data }) => {
  const { index, use, kind, rows, look, width, height, devicePixelRatio } = data;
  const canvas = new OffscreenCanvas(1, 1);
  const chart = echarts.init(canvas, null, { width, height, devicePixelRatio });
  chart.setOption({ animation: false, ...PICTURES[kind](rows)?.option(look, width) });
  const image = canvas.transferToImageBitmap();
  chart.dispose();
  postMessage({ index, use, image, width, height }, { transfer: [image] });
});
