import { add, type Exact, formatExact, parseExact, subtract, ZERO } from "../exact.ts";
import { roundDivision } from "../rounding.ts";
import { NO_STEPS, PriceError, type PriceModel } from "./model.ts";

export interface PackagePrice {
  readonly model: "package";
  readonly packageSize: string | number;
  readonly packageAmount: string | number;
  readonly freeUnits?: string | number;
}

/** So much for each started package, after the free units. */
export function compilePackage(spec: PackagePrice): PriceModel {
  const size = parseExact(spec.packageSize);
  const packageAmount = parseExact(spec.packageAmount);
  const freeUnits = parseExact(spec.freeUnits ?? "0");
  if (size.n <= 0n) throw new PriceError("packageSize must be above zero");
  const packages = (total: Exact): bigint => {
    const above = subtract(total, freeUnits);
    return above.n <= 0n ? 0n : roundDivision(above.n * size.d, above.d * size.n, "ceiling");
  };
  return {
    price({ quantity, prior }, traced) {
      const before = packages(prior ?? ZERO);
      const count = packages(add(prior ?? ZERO, quantity)) - before;
      const amount = { n: packageAmount.n * count, d: packageAmount.d };
      if (!traced) return { amount, steps: NO_STEPS };
      const step = {
        quantity: formatExact(quantity),
        packageSize: formatExact(size),
        packages: count.toString(),
        packageAmount: formatExact(packageAmount),
        amount: formatExact(amount),
      };
      return { amount, steps: [step] };
    },
  };
}
