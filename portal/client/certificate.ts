/** Verifies the certificates of the page once it is there. The check is loaded for it alone: other pages need none of it. */
const places = document.querySelectorAll<HTMLElement>(".verify");
if (places.length > 0) {
  import("./verify-certificate.ts").then(({ showVerification }) => {
    for (const place of places) showVerification(place);
  });
}
