import { compileDynamic, compileOneOff, type DynamicPrice, type OneOffPrice } from "./flat.ts";
import { compileGraduated, type GraduatedPrice } from "./graduated.ts";
import { PriceError, type PriceModel } from "./model.ts";
import { compilePackage, type PackagePrice } from "./package.ts";
import { compilePercentage, type PercentagePrice } from "./percentage.ts";
import { compileTimeRate, type TimeRatePrice } from "./time-rate.ts";
import { compileUnit, type UnitPrice } from "./unit.ts";
import { compileVolume, type VolumePrice } from "./volume.ts";

/** Prices that a quantity, a list of transactions or a time decides. `recurring` and `bundle` look at the delivery and live with it. */
export type ModelPrice =
  | UnitPrice
  | PackagePrice
  | GraduatedPrice
  | VolumePrice
  | PercentagePrice
  | TimeRatePrice
  | OneOffPrice
  | DynamicPrice;

/** @throws PriceError or NumberFormatError where the price contradicts itself */
export function compileModel(price: ModelPrice): PriceModel {
  switch (price.model) {
    case "unit":
      return compileUnit(price);
    case "package":
      return compilePackage(price);
    case "graduated":
    case "graduated-percentage":
      return compileGraduated(price);
    case "volume":
      return compileVolume(price);
    case "percentage":
      return compilePercentage(price);
    case "time-rate":
      return compileTimeRate(price);
    case "one-off":
      return compileOneOff(price);
    case "dynamic":
      return compileDynamic(price);
    default:
      throw new PriceError(`"${String((price as { model: unknown }).model)}" is no price model`);
  }
}

export { type Priced, PriceError, type PriceModel } from "./model.ts";
