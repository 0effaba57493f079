import type { ErrorDefinition } from "./error-definition.ts";

/** What the static checks of rate cards and agreements find. A document with one of them isn't rated with. */
export const rateCardErrors = {
  ECO_RATE_CARD_INVALID: {
    title: "The rate card can't be read",
    exitCode: 2,
    fix: "Validate it against specs/schemas/rate-card.schema.json.",
    description: "A rate card has a form that the rating engine doesn't understand.",
  },
  ECO_AGREEMENT_INVALID: {
    title: "The agreement can't be read",
    exitCode: 2,
    fix: "Validate it against specs/schemas/agreement.schema.json.",
    description: "An agreement has a form that the rating engine doesn't understand.",
  },
  ECO_RATE_CARD_UNKNOWN: {
    title: "No such rate card",
    exitCode: 2,
    fix: "Correct the id or the version, or add the rate card.",
    description: "An agreement refers to a rate card that the spec set doesn't have.",
  },
  ECO_PRODUCT_UNPRICED: {
    title: "The part of a bundle has no price",
    exitCode: 2,
    fix: "Correct the product, or add its rate card.",
    description: "A bundle is shared out by the list prices of its parts, and one of them has none.",
  },
  ECO_BOUNDS_CROSSED: {
    title: "Minimum above maximum",
    exitCode: 2,
    fix: "Let the minimum be at most the maximum.",
    description: "Every charge of this price would be the minimum.",
  },
  ECO_CALENDAR_UNKNOWN: {
    title: "No such calendar",
    exitCode: 2,
    fix: "Add its dates under `calendars` of the rate card.",
    description: "A time window names a calendar that the rate card doesn't have.",
  },
  ECO_CREDIT_STEPS: {
    title: "The steps of a service credit leave a gap or overlap",
    exitCode: 2,
    fix: "Let each step begin where the one before it, or the target, ends.",
    description: "Between two steps of a service level nothing says how much is credited, or two things do.",
  },
  ECO_AGREEMENT_CONTRADICTION: {
    title: "The agreement contradicts itself",
    exitCode: 2,
    fix: "Correct the clause that is named, so that one thing holds.",
    description:
      "Two clauses of an agreement say different things of the same matter, or one says what nothing can keep.",
  },
  ECO_CURRENCY_MISMATCH: {
    title: "Two currencies in one chain",
    status: 422,
    exitCode: 2,
    fix: "Let all rate cards of a chain have one currency.",
    description:
      "What is charged for a delivery and what companies pay each other behind it are in different currencies.",
  },
  ECO_CONDITION_IMPOSSIBLE: {
    title: "No delivery can meet the condition",
    exitCode: 2,
    fix: "Correct one of the conditions, or make entries of their own of them.",
    description:
      "A condition contradicts itself or another one beside it, so that what they guard never holds: all conditions of a `when` must hold together.",
  },
  ECO_CURRENCY_SCALE: {
    title: "More decimals than the currency has",
    exitCode: 2,
    fix: "Set `scale` to the currency's own, or leave it out.",
    description: "Charges with these decimals can't be paid in this currency.",
  },
  ECO_DATE_INVALID: {
    title: "Not a date",
    exitCode: 2,
    fix: "Write dates as YYYY-MM-DD, with the end not before the start.",
    description: "A date of a rate card or an agreement can't be read, or its period ends before it starts.",
  },
  ECO_FILTER_TIE: {
    title: "Two prices apply equally well",
    exitCode: 2,
    fix: "Give one of the entries a further condition.",
    description:
      "Two entries of a product are equally specific and can both hold for one delivery, so nobody could say which price applies.",
  },
  ECO_PAYER_IS_PAYEE: {
    title: "A party would pay itself",
    exitCode: 2,
    fix: "Name another `payer` or `payee`.",
    description: "A charge, a commitment or a prepaid balance has the same party on both sides.",
  },
  ECO_MEASURE_UNDECLARED: {
    title: "The entry declares no such measure",
    exitCode: 2,
    fix: "Correct the name, or declare the measure under `measures` of the entry.",
    description:
      "A price or a condition asks for a measure that its entry doesn't declare: a slip in its name, mostly.",
  },
  ECO_PRICE_NEGATIVE: {
    title: "A price below zero",
    exitCode: 2,
    fix: "Correct the sign, or use a discount.",
    description: "A price is negative, so that who is to pay would be paid.",
  },
  ECO_PRICE_INVERSION: {
    title: "More costs less",
    exitCode: 2,
    fix: "Raise the tier's price or its flat amount, or use the `graduated` model.",
    description: "Just above the edge of a tier the whole delivery costs less than at the edge.",
  },
  ECO_RATE_CARD_BASE: {
    title: "The rate card can't extend that one",
    exitCode: 2,
    fix: "Extend one rate card that stands by itself, of which there is one version.",
    description:
      "A rate card extends itself, one that extends others in turn, or one of which there are several versions: nothing would say what it takes from there.",
  },
  ECO_RECOURSE_SUM: {
    title: "Recourse above the credit",
    exitCode: 2,
    fix: "Let the percentages sum to 100 at most.",
    description: "The parties at fault would bear more than the credit itself.",
  },
  ECO_ROLE_UNFILLED: {
    title: "A share for a party that isn't there",
    exitCode: 2,
    fix: "Name a stand-in for the role, or add a condition that the role is present.",
    description: "A split gives a share to a role that a delivery may not name.",
  },
  ECO_SERVICE_LEVEL_UNMEASURED: {
    title: "The service level measures nothing",
    exitCode: 2,
    fix: "Declare the measure in the product's entry of the rate card.",
    description: "A service level looks at a measure that no delivery of the product is required to have.",
  },
  ECO_CHAIN_CIRCULAR: {
    title: "A chain of parties that comes back",
    exitCode: 2,
    fix: "Let each company stand once in a chain of shares or of recourse.",
    description: "A company gets back, from those behind it, what it passed on to them.",
  },
  ECO_SPLIT_SUM: {
    title: "The split doesn't sum to the charge",
    exitCode: 2,
    fix: "Make the shares 100 %, or let the last one take what remains.",
    description: "The shares of a charge must sum to it, to the cent.",
  },
  ECO_SPLIT_UNREACHABLE: {
    title: "A share that never gets anything",
    exitCode: 2,
    fix: "Remove it, or leave something for it.",
    description: "What comes before a share takes the whole charge.",
  },
  ECO_TAX_CODE_UNKNOWN: {
    title: "No such tax code",
    exitCode: 2,
    fix: "Use a code of the tax table, or add it.",
    description: "A price names a tax code that its tax table doesn't have.",
  },
  ECO_TAX_GAP: {
    title: "Days without a tax rate",
    exitCode: 2,
    fix: "Close the gap between the two rates.",
    description:
      "Between two rates of a tax code there are days on which none is in force: no delivery of those days could be rated, so the rate card is refused.",
  },
  ECO_TAX_TABLE: {
    title: "A tax rate that never holds",
    exitCode: 2,
    fix: "Correct the days from which and to which it holds.",
    description: "The period of a tax rate is empty or can't be read.",
  },
  ECO_TIERS_GAP: {
    title: "No tier holds above",
    exitCode: 2,
    fix: "Leave the last tier open, or give the measure a maximum.",
    description: "A delivery above the last tier, or between two, can't be rated.",
  },
  ECO_TIERS_OVERLAP: {
    title: "A tier that is never reached",
    exitCode: 2,
    fix: "Put the tiers in order, each with an upper end but the last.",
    description: "A tier lies within another one, or behind an open one.",
  },
  ECO_TIME_ZONE_UNKNOWN: {
    title: "No such time zone",
    exitCode: 2,
    fix: "Use an IANA name, such as Europe/Helsinki.",
    description: "A rate card or an agreement names a time zone that doesn't exist.",
  },
  ECO_TIMING_CUMULATIVE: {
    title: "Cut into pieces and cumulative at once",
    exitCode: 2,
    fix: "Price by the start of the delivery, or leave `cumulative` out.",
    description: "A price that is cut into pieces along the clock can't fill tiers over a period as well.",
  },
  ECO_TIMING_UNMEASURED: {
    title: "Elapsed time that isn't measured",
    exitCode: 2,
    fix: "Measure it: `measure: {elapsed: hour}`.",
    description: "A price by elapsed time doesn't say how time is measured.",
  },
  ECO_VERSION_GAP: {
    title: "No version in force for some days",
    exitCode: 2,
    fix: "Let each version begin the day after the one before it ends.",
    description: "An agreement is in force on days on which no version of its rate card is.",
  },
  ECO_VERSION_OVERLAP: {
    title: "Two versions in force at once",
    exitCode: 2,
    fix: "End the former the day before the newer begins.",
    description:
      "Two versions of a rate card are in force on the same days; there the one that started later wins.",
  },
  ECO_VERSION_TWICE: {
    title: "One version twice",
    exitCode: 2,
    fix: "Give every change a version of its own.",
    description: "Two documents are the same version of the same rate card.",
  },
  ECO_WINDOW_AMBIGUOUS: {
    title: "A window that begins or ends in a clock change",
    exitCode: 2,
    fix: "Move the edge out of the clock change, or leave it if it is meant.",
    description:
      "On the days when clocks change, a local time is shown twice or not at all: an hour shown twice counts twice, a skipped one not at all.",
  },
  ECO_WINDOW_EMPTY: {
    title: "A window without time",
    exitCode: 2,
    fix: "Leave `times` out for the whole day, or write 00:00 to 24:00.",
    description: "A time window begins where it ends.",
  },
  ECO_WINDOW_OVERLAP: {
    title: "Two windows share some time",
    exitCode: 2,
    fix: "Make them apart, or leave the order if it is meant.",
    description: "Two time windows hold at once; the one that is listed first wins.",
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
