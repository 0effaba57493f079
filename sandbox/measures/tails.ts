/** How far out something is: tails of the normal distribution and of Student's t, and the way back. */

/** Depth of the continued fraction: from one standard deviation on, more of it changes no digit that is shown. */
const DEPTH = 200;

/**
 * How likely a standard normal value is at least so far from zero, on either side, by Laplace's continued fraction of the
 * tail. Within one standard deviation, where the fraction is slow and nothing is unusual, it is 1.
 */
export function normalTail(distance: number): number {
  const z = Math.abs(distance);
  if (z < 1) return 1;
  let fraction = z;
  for (let k = DEPTH; k >= 1; k -= 1) fraction = z + k / fraction;
  return (2 * Math.exp((-z * z) / 2)) / (Math.sqrt(2 * Math.PI) * fraction);
}

/**
 * The same of Student's t, by the finite sum that there is for an even number of degrees of freedom: with
 * cos²θ = ν / (ν + t²), `1 - sin θ · (1 + 1/2 cos²θ + 1·3/(2·4) cos⁴θ + …)`, of ν/2 terms.
 */
export function studentTail(distance: number, degrees: number): number {
  const t = Math.abs(distance);
  if (t < 1) return 1;
  const cos2 = degrees / (degrees + t * t);
  let term = 1;
  let sum = 1;
  for (let k = 1; k < degrees / 2; k += 1) {
    term *= (cos2 * (2 * k - 1)) / (2 * k);
    sum += term;
  }
  return Math.max(1 - Math.sqrt(1 - cos2) * sum, Number.EPSILON);
}

/** From what distance on a tail is at most `likelihood`; both fall with the distance, so halving finds it. */
export function distanceOf(likelihood: number, tail: (distance: number) => number): number {
  let [near, far] = [1, 2];
  while (tail(far) > likelihood && far < 1e9) far *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (near + far) / 2;
    if (tail(middle) > likelihood) near = middle;
    else far = middle;
  }
  return far;
}
