/** Unpacks the Chromium of the npm package below the temporary folder. A program of its own: the folder is taken from its environment. */
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
