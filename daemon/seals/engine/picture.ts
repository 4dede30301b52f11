/** A colour picture as it was scanned: 3 bytes a pixel, row by row, and how many of its pixels make an inch of paper. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly dpi: number;
}

/** One value a pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const MM_PER_INCH = 25.4;

export function newPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** Part of a picture; what lies outside of it is white paper. */
export function cropped(
  picture: Picture,
  at: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Picture {
  const rgb = new Uint8Array(at.width * at.height * 3).fill(255);
  for (let y = 0; y < at.height; y++) {
    const from = y + at.top;
    if (from < 0 || from >= picture.height) continue;
    const left = Math.max(0, at.left);
    const right = Math.min(picture.width, at.left + at.width);
    if (right <= left) continue;
    rgb.set(
      picture.rgb.subarray((from * picture.width + left) * 3, (from * picture.width + right) * 3),
      (y * at.width + left - at.left) * 3,
    );
  }
  return { width: at.width, height: at.height, rgb, dpi: picture.dpi };
}
