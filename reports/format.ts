/** Numbers and dates as people read them: English, UTC, thousands separators; never the locale. */
import { formatLocale, timeFormatLocale } from "d3";

const numbers = formatLocale({
  decimal: ".",
  thousands: ",",
  grouping: [3],
  currency: ["", " TAO"],
  minus: "\u2212",
});

const dates = timeFormatLocale({
  dateTime: "%-d %B %Y, %H:%M",
  date: "%-d %B %Y",
  time: "%H:%M",
  periods: ["AM", "PM"],
  days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  // biome-ignore format: a calendar
  months: ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"],
  // biome-ignore format: a calendar
  shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
});

/** 1,234,567 */
export const integer = numbers.format(",.0f");
/** 12.3% */
export const percent = numbers.format(".1%");
/** +12.3% */
export const signedPercent = numbers.format("+.1%");
const twoDecimals = numbers.format(",.2f");
const fourDigits = numbers.format(",.4~r");

/** 0.01234 or 1,235: four significant digits. */
export const significant = (value: number): string =>
  Number.isFinite(value) ? fourDigits(value) : "\u2013";

const powers = numbers.format(".4~g");

/** As `significant`, but 3.139e+13 where there would be more than six digits before the point. */
export const measured = (value: number): string =>
  Math.abs(value) >= LONG ? powers(value) : significant(value);

/** Numbers from here on are written with a power of ten where their unit is not known. */
export const LONG = 1e6;

/** Exact rao as TAO: whole above a thousand, two decimals above one, four digits below. */
export function tao(rao: bigint): string {
  const amount = Number(rao) / 1e9;
  const size = Math.abs(amount);
  if (size >= 1_000) return integer(amount);
  return size >= 1 || size === 0 ? twoDecimals(amount) : fourDigits(amount);
}

/** Bytes as kB or MB. */
export const bytes = (count: number): string =>
  count < 1e6
    ? `${numbers.format(",.1f")(count / 1e3)} kB`
    : `${numbers.format(",.1f")(count / 1e6)} MB`;

const formatDate = dates.utcFormat("%-d %B %Y");
const formatDateTime = dates.utcFormat("%-d %B %Y, %H:%M UTC");

/** 28 August 2026 */
export const date = (time: number | string): string => formatDate(new Date(time));
/** 28 August 2026, 09:14 UTC */
export const dateTime = (time: number | string): string => formatDateTime(new Date(time));
